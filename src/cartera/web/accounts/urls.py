"""Addresses outside of a workspace: the start page, and the ways in and out."""

from __future__ import annotations

from django.urls import path

from cartera.web.accounts import first, home, sign_in

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("welcome/<str:token>", first.welcome, name="welcome"),
    path("enter/<str:token>", first.enter, name="enter"),
]

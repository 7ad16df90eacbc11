"""Addresses outside of a workspace: the start page, and the ways in and out."""

from __future__ import annotations

from django.urls import path

from cartera.web.accounts import account, first, home, join, own, reset, sign_in

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("welcome/<str:token>", first.welcome, name="welcome"),
    path("enter/<str:token>", first.enter, name="enter"),
    path("join/<str:token>", join.accept, name="join"),
    path("reset/<str:code>/<str:token>", reset.reset, name="reset"),
    path("own", own.page, name="own"),
    path("account", account.account, name="account"),
    path("account/save", account.save, name="account-save"),
    path("account/password", account.password, name="account-password"),
    path("account/sign-out-everywhere", account.sign_out_everywhere, name="account-sign-out"),
    path("account/sign-ins/<str:handle>/end", account.end, name="account-end"),
]

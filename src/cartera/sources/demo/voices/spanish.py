"""The invented company as it is told in Spain, in euros."""

from __future__ import annotations

from cartera.sources.demo.voices.voice import Voice

VOICE = Voice(
    currency="EUR",
    worth=1,
    country="España",
    ends=(
        *("ales", "edo", "illo", "anza", "ura", "eña", "ero", "ondo", "uela", "ista", "ial", "inda", "osa", "ate"),
        *("aje", "enta", "iza", "ona", "erra", "asco"),
    ),
    trades={
        "Food and drink": ("Alimentación", ("Panadería {}", "Alimentos {}", "Tostadero {}")),
        "Hospitality": ("Hostelería", ("Hotel {}", "Cocinas {}", "Catering {}")),
        "Health": ("Salud", ("Dental {}", "Clínica {}", "Farmacia {}")),
        "Construction": ("Construcción", ("Obras {}", "Carpintería {}", "Cubiertas {}")),
        "Manufacturing": ("Industria", ("Herramientas {}", "Plásticos {}", "Textiles {}")),
        "Education": ("Educación", ("Academia {}", "Cursos {}", "Guarderías {}")),
        "Retail": ("Comercio", ("Tiendas {}", "Hogar {}", "{} Aire Libre")),
        "Logistics": ("Logística", ("Transportes {}", "Mensajería {}", "Almacenes {}")),
    },
    places=(
        ("Madrid", "Comunidad de Madrid", "28004", None), ("Barcelona", "Cataluña", "08003", None),
        ("Valencia", "Comunidad Valenciana", "46001", None), ("Sevilla", "Andalucía", "41003", None),
        ("Málaga", "Andalucía", "29001", None), ("Zaragoza", "Aragón", "50001", None),
        ("Bilbao", "País Vasco", "48001", None), ("Vigo", "Galicia", "36201", None),
        ("Gijón", "Asturias", "33201", None), ("Murcia", "Región de Murcia", "30001", None),
    ),
    streets=("Calle del Molino {n}", "Calle Mayor {n}", "Avenida del Puerto {n}"),
    reps={
        "Colm Brady": "Carlos Bravo", "Lucie Garnier": "Lucía Granero", "Ana Duarte": "Ana Durán",
        "Jonas Keller": "Jonás Cuéllar", "Marta Ruiz": "Marta Ruiz", "Orla Nash": "Olga Navas",
    },
    given=("Alba", "Bruno", "Carla", "Darío", "Elena", "Fermín", "Greta", "Hugo", "Inés", "Katia", "León", "Sofía"),
    family=("Arnal", "Bravo", "Castro", "Esteve", "Gallo", "Lemos", "Moreno", "Ortega", "Rocha", "Vidal"),
    told={
        "Office": "Oficina", "Advice": "Consultoría", "Design": "Diseño", "Build": "Desarrollo",
        "Care": "Mantenimiento", "Training": "Formación", "Cleaning": "Limpieza", "Kitchen": "Cocina",
        "Packaging": "Embalaje", "Safety": "Seguridad", "Facility": "Instalaciones", "Adjustments": "Ajustes",
        "Discovery workshop": "Taller de descubrimiento", "Strategy day": "Jornada de estrategia",
        "Process review": "Revisión de procesos", "Brand refresh": "Renovación de marca",
        "Interface design day": "Jornada de diseño de interfaz", "Illustration set": "Juego de ilustraciones",
        "Development day": "Jornada de desarrollo", "Data migration": "Migración de datos",
        "Integration": "Integración", "Care plan, month": "Plan de mantenimiento, mes",
        "Support hour": "Hora de soporte", "Training session": "Sesión de formación",
        "Online course seat": "Plaza de curso en línea", "Copier paper A4, box": "Papel A4, caja",
        "Toner cartridge": "Cartucho de tóner", "Lever arch files, pack": "Archivadores de palanca, paquete",
        "Desk lamp": "Lámpara de mesa", "All-purpose cleaner, 5 l": "Limpiador multiusos, 5 l",
        "Microfibre cloths, pack": "Paños de microfibra, paquete", "Paper towels, case": "Toallas de papel, caja",
        "Floor machine pads": "Discos para fregadora", "Takeaway boxes, case": "Envases para llevar, caja",
        "Oven gloves, pair": "Guantes de horno, par", "Chef's knife": "Cuchillo de chef",
        "Coffee beans, 6 kg": "Café en grano, 6 kg", "Cartons, double wall": "Cajas de doble canal",
        "Packing tape, 36 rolls": "Cinta de embalar, 36 rollos", "Stretch film": "Film estirable",
        "Pallet labels, roll": "Etiquetas de palé, rollo", "Nitrile gloves, case": "Guantes de nitrilo, caja",
        "Work boots": "Botas de trabajo", "First-aid kit": "Botiquín", "High-visibility vest": "Chaleco reflectante",
        "LED panel": "Panel LED", "Door closer": "Cierrapuertas", "Batteries, 40 pieces": "Pilas, 40 unidades",
        "Air filter": "Filtro de aire", "Volume rebate": "Descuento por volumen",
        "Buys elsewhere now; asked to be called when their contract ends.":
            "Ahora compra en otra parte; pidió una llamada cuando acabe su contrato.",
        "Found us too expensive after the last rise.": "Le parecemos demasiado caros desde la última subida.",
        "Closed the business.": "Cerró la empresa.",
        "Hired somebody and does it in-house.": "Contrató a alguien y lo hace internamente.",
        "No budget this year.": "Sin presupuesto este año.",
        "Was unhappy with the last delivery.": "No quedó contento con la última entrega.",
        "Asked for a quote, never answered since.": "Pidió un presupuesto y no ha contestado desde entonces.",
        "Entered twice; the other entry is the one in use.": "Dado de alta dos veces; se usa la otra ficha.",
        "Called back and asked for an offer.": "Devolvió la llamada y pidió una oferta.",
    },
)  # fmt: skip

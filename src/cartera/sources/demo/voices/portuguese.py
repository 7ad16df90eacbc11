"""The invented company as a Brazilian tells it, in reais."""

from __future__ import annotations

from cartera.sources.demo.voices.voice import Voice

VOICE = Voice(
    currency="BRL",
    worth=5,
    country="Brasil",
    ends=(
        *("edo", "ilho", "ança", "ura", "enha", "eiro", "ondo", "ela", "inha", "al", "inda", "osa", "ate", "agem"),
        *("enta", "iza", "ona", "erra", "asco", "ões"),
    ),
    trades={
        "Food and drink": ("Alimentos e bebidas", ("Padaria {}", "{} Alimentos", "Torrefação {}")),
        "Hospitality": ("Hotelaria", ("Hotel {}", "Cozinha {}", "Buffet {}")),
        "Health": ("Saúde", ("Odonto {}", "Clínica {}", "Farmácia {}")),
        "Construction": ("Construção", ("Construtora {}", "Marcenaria {}", "Telhados {}")),
        "Manufacturing": ("Indústria", ("Ferramentas {}", "Plásticos {}", "Têxtil {}")),
        "Education": ("Educação", ("Academia {}", "Cursos {}", "Escola {}")),
        "Retail": ("Varejo", ("Lojas {}", "Casa {}", "{} Esportes")),
        "Logistics": ("Logística", ("Fretes {}", "Entregas {}", "Armazéns {}")),
    },
    places=(
        ("São Paulo", "São Paulo", "01000-000", None), ("Campinas", "São Paulo", "13000-000", None),
        ("Rio de Janeiro", "Rio de Janeiro", "20000-000", None), ("Niterói", "Rio de Janeiro", "24000-000", None),
        ("Belo Horizonte", "Minas Gerais", "30000-000", None), ("Curitiba", "Paraná", "80000-000", None),
        ("Porto Alegre", "Rio Grande do Sul", "90000-000", None), ("Salvador", "Bahia", "40000-000", None),
        ("Recife", "Pernambuco", "50000-000", None), ("Fortaleza", "Ceará", "60000-000", None),
    ),
    streets=("Rua do Moinho, {n}", "Rua das Flores, {n}", "Avenida do Porto, {n}"),
    reps={
        "Colm Brady": "Caio Brandão", "Lucie Garnier": "Luciana Garcia", "Ana Duarte": "Ana Duarte",
        "Jonas Keller": "Jonas Queiroz", "Marta Ruiz": "Marta Reis", "Orla Nash": "Olívia Neves",
    },
    given=("Alva", "Bruno", "Carla", "Dario", "Elisa", "Fábio", "Greta", "Hugo", "Inês", "Katia", "Nuno", "Sofia"),
    family=("Arantes", "Brito", "Castro", "Esteves", "Lemos", "Moreira", "Pires", "Rocha", "Tavares", "Vidal"),
    told={
        "Office": "Escritório", "Advice": "Consultoria", "Design": "Design", "Build": "Desenvolvimento",
        "Care": "Manutenção", "Training": "Treinamento", "Cleaning": "Limpeza", "Kitchen": "Cozinha",
        "Packaging": "Embalagem", "Safety": "Segurança", "Facility": "Instalações", "Adjustments": "Ajustes",
        "Discovery workshop": "Oficina de descoberta", "Strategy day": "Dia de estratégia",
        "Process review": "Revisão de processos", "Brand refresh": "Renovação de marca",
        "Interface design day": "Dia de design de interface", "Illustration set": "Conjunto de ilustrações",
        "Development day": "Dia de desenvolvimento", "Data migration": "Migração de dados", "Integration": "Integração",
        "Care plan, month": "Plano de manutenção, mês", "Support hour": "Hora de suporte",
        "Training session": "Sessão de treinamento", "Online course seat": "Vaga em curso on-line",
        "Copier paper A4, box": "Papel A4, caixa", "Toner cartridge": "Cartucho de toner",
        "Lever arch files, pack": "Pastas AZ, pacote", "Desk lamp": "Luminária de mesa",
        "All-purpose cleaner, 5 l": "Limpador multiuso, 5 l", "Microfibre cloths, pack": "Panos de microfibra, pacote",
        "Paper towels, case": "Toalhas de papel, caixa", "Floor machine pads": "Discos para enceradeira",
        "Takeaway boxes, case": "Embalagens para viagem, caixa", "Oven gloves, pair": "Luvas de forno, par",
        "Chef's knife": "Faca do chef", "Coffee beans, 6 kg": "Café em grãos, 6 kg",
        "Cartons, double wall": "Caixas de onda dupla", "Packing tape, 36 rolls": "Fita adesiva, 36 rolos",
        "Stretch film": "Filme stretch", "Pallet labels, roll": "Etiquetas de palete, rolo",
        "Nitrile gloves, case": "Luvas nitrílicas, caixa", "Work boots": "Botas de trabalho",
        "First-aid kit": "Kit de primeiros socorros", "High-visibility vest": "Colete refletivo",
        "LED panel": "Painel de LED", "Door closer": "Mola de porta", "Batteries, 40 pieces": "Pilhas, 40 unidades",
        "Air filter": "Filtro de ar", "Volume rebate": "Desconto por volume",
        "Buys elsewhere now; asked to be called when their contract ends.":
            "Agora compra de outro; pediu uma ligação quando o contrato terminar.",
        "Found us too expensive after the last rise.": "Achou-nos caros demais depois do último aumento.",
        "Closed the business.": "Fechou a empresa.",
        "Hired somebody and does it in-house.": "Contratou alguém e faz internamente.",
        "No budget this year.": "Sem orçamento este ano.",
        "Was unhappy with the last delivery.": "Não gostou da última entrega.",
        "Asked for a quote, never answered since.": "Pediu uma proposta e não respondeu mais.",
        "Entered twice; the other entry is the one in use.":
            "Cadastrado duas vezes; o outro cadastro é o que vale.",
        "Called back and asked for an offer.": "Ligou de volta e pediu uma oferta.",
    },
)  # fmt: skip

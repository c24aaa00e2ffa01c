"""Each rule, broken alone: it names file, row, column and value, and no other rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.case.check import DOUBTS, EVIDENCE, RULES, check_case, doubts_about
from motorworks.errors import Problem

Edit = tuple[str, str, int, dict[str, Any]]
Fault = tuple[str, list[Edit], list[str], str]

SITES: list[Fault] = [
    (
        "names_exist", [("set", "actuals", 0, {"plant": "eastt"})],
        ["actuals.csv row 2, plant = 'eastt'"], "does not stand in plants; did you mean 'east'?",
    ),
    (
        "listed_names_exist", [("set", "shops", 0, {"drivetrains": "ICE BEV EV"})],
        ["shops.csv row 2, drivetrains = 'ICE BEV EV'"], "'EV' does not stand in drivetrains",
    ),
    (
        "listed_names_exist", [("set", "orders", 0, {"options": "w20"})],
        ["orders.csv row 2, options = 'w20'"], "'w20' does not stand in options",
    ),
    (
        "areas_exist", [("add", "tariffs", 0, {"importer": "EU"})],
        ["tariffs.csv row 3, importer = 'EU'"], "it holds KR, US",
    ),
    (
        "part_groups_exist", [("set", "localisation", 0, {"group": "seats"})],
        ["localisation.csv row 2, group = 'seats'"], "it holds interior",
    ),
    (
        "codes_are_codes", [("set", "markets", 0, {"port": "Pusan"})],
        ["markets.csv row 2, port = 'Pusan'"], "a UN/LOCODE such as KRPUS",
    ),
    (
        "one_place_is_named", [("set", "opening_stock", 0, {"market": "us"})],
        ["opening_stock.csv row 2, market = 'us'"], "exactly one of plant and market",
    ),
    (
        "one_place_is_named", [("set", "closures", 0, {"country": None})],
        ["closures.csv row 2, plant"], "exactly one of plant and country",
    ),
    (
        "owners_do_not_own_themselves", [("set", "organisations", 0, {"parent": "maker"})],
        ["organisations.csv row 2, parent = 'maker'",
         "organisations.csv row 3, parent = 'brandco'"],
        "leads back to the organisation itself",
    ),
    (
        "places_have_both_coordinates", [("set", "plants", 0, {"lon": None})],
        ["plants.csv row 2, lon"], "both lat and lon",
    ),
    (
        "plants_that_build_have_shops", [("drop", "shops", 3, {}), ("drop", "shop_rates", 2, {})],
        ["plants.csv row 3, plant = 'west'"], "has no shop that does",
    ),
    (
        "plants_that_build_have_shifts", [("drop", "shift_calendar", 1, {})],
        ["plants.csv row 3, plant = 'west'"], "add a row to shift_calendar.csv",
    ),
    (
        "shops_have_a_rate", [("drop", "shop_rates", 0, {})],
        ["shops.csv row 2, shop = 'body'"], "has no pace",
    ),
    (
        "shifts_fit_the_day", [("set", "shift_patterns", 0, {"overtime_max_min": 241.0})],
        ["shift_patterns.csv row 2, shifts_per_day = '2'"], "add up to 1,442 min; at most 1,440",
    ),
    (
        "overtime_is_within_the_pattern", [("set", "shift_calendar", 0, {"overtime_min": 61.0})],
        ["shift_calendar.csv row 2, overtime_min = '61'"], "two allows at most 60 min",
    ),
    (
        "extra_days_are_worked", [("set", "closures", 1, {"worked_share": 0.0})],
        ["closures.csv row 3, worked_share = '0'"], "above 0",
    ),
    (
        "work_content_is_of_an_allocated_vehicle",
        [("add", "work_content", 0, {"vehicle": "car", "shop": "west-line"})],
        ["work_content.csv row 3, shop = 'west-line'"], "car is not allocated to its plant west",
    ),
]  # fmt: skip

LAUNCHES: list[Fault] = [
    (
        "launch_windows_are_in_order", [("set", "launch_windows", 0, {"latest": "2025-01"})],
        ["launch_windows.csv row 2, latest = '2025-01'"], "is before earliest, 2025-02",
    ),
    (
        "launch_windows_are_in_order", [("set", "launch_windows", 0, {"end_latest": "2025-04"})],
        ["launch_windows.csv row 2, end_latest = '2025-04'"], "is before end_earliest, 2025-05",
    ),
    (
        "launch_windows_are_in_order", [("set", "conversions", 0, {"latest": "2025-04"})],
        ["conversions.csv row 2, latest = '2025-04'"], "is before earliest, 2025-05",
    ),
    (
        "launches_that_must_come_can_come", [("set", "allocations", 2, {"lead_months": 4})],
        ["launch_windows.csv row 2, latest = '2025-04'"], "the decision takes 4 months",
    ),
    (
        "launches_that_must_come_can_come",
        [("set", "allocations", 2, {"end": "2025-05"}),
         ("set", "launch_windows", 0, {"min_run_months": 5})],
        ["launch_windows.csv row 2, latest = '2025-04'"], "it runs 5 months before its end 2025-05",
    ),
    (
        "launches_can_come",
        [("set", "allocations", 2, {"lead_months": 6}),
         ("set", "launch_windows", 0, {"latest": None})],
        ["launch_windows.csv row 2, earliest = '2025-02'"], "leaves no month to start in",
    ),
    (
        "launches_can_end",
        [("set", "launch_windows", 0, {"end_earliest": None, "end_latest": "2025-02"})],
        ["launch_windows.csv row 2, end_latest = '2025-02'"],
        "ends sooner than 2025-02, the first month to start in, and 2 months of running allow",
    ),
    (
        "line_rules_are_of_two_vehicles", [("set", "line_rules", 0, {"other": "car"})],
        ["line_rules.csv row 2, other = 'car'"], "is the same vehicle",
    ),
    (
        "line_rules_and_conversions_are_of_allocations",
        [("set", "line_rules", 0, {"plant": "west"})],
        ["line_rules.csv row 2, vehicle = 'car'"], "is not allocated to west",
    ),
    (
        "line_rules_and_conversions_are_of_allocations",
        [("set", "conversions", 1, {"vehicle": "car"})],
        ["conversions.csv row 3, vehicle = 'car'"], "is not allocated to west",
    ),
    (
        "line_rules_can_be_kept", [("set", "line_rules", 0, {"kind": "apart"})],
        ["line_rules.csv row 2, kind = 'apart'"], "both run in 2025-01 to 2025-06",
    ),
    (
        "line_rules_can_be_kept", [("set", "allocations", 0, {"end": "2025-04"})],
        ["line_rules.csv row 2, kind = 'together'"], "only one of them runs in 2025-05 to 2025-06",
    ),
    (
        "models_fit_the_plant", [("set", "plants", 0, {"models_max": 1})],
        ["plants.csv row 2, models_max = '1'"], "is allocated 2: car, ev",
    ),
    (
        "models_fit_the_plant", [("set", "shops", 0, {"models_max": 1})],
        ["shops.csv row 2, models_max = '1'"], "in 2025-01 it is allocated 2: car, ev",
    ),
    (
        "sites_name_a_shop_of_their_plant", [("set", "site_windows", 0, {"plant": "west"})],
        ["site_windows.csv row 2, shop = 'engines'"], "belongs to east, not to west",
    ),
    (
        "sites_are_named_once", [("add", "site_windows", 0, {"site": "again"})],
        ["site_windows.csv row 3, site = 'again'"], "is the same place as engines in row 2",
    ),
    (
        "sites_that_must_open_can_open",
        [("set", "site_windows", 0, {"open_at_start": False, "optional": False,
                                     "latest": "2025-02", "lead_months": 2})],
        ["site_windows.csv row 2, latest = '2025-02'"], "the decision takes 2 months",
    ),
    (
        "sites_can_open",
        [("set", "site_windows", 0, {"open_at_start": False, "earliest": "2025-07"})],
        ["site_windows.csv row 2, earliest = '2025-07'"], "leaves no month to open in",
    ),
    (
        "sites_leave_a_choice", [("set", "site_windows", 0, {"closable": False})],
        ["site_windows.csv row 2, closable = 'no'"], "nothing is left to choose",
    ),
    (
        "sites_leave_a_choice", [("set", "site_windows", 0, {"capex": 5.0, "currency": "USD"})],
        ["site_windows.csv row 2, capex = '5'"], "means nothing: it is open",
    ),
    (
        "sites_stop_the_components_made_in_them",
        [("set", "component_sources", 0, {"work": 0.0})],
        ["component_sources.csv row 2, work = '0'"], "would not stop with engines",
    ),
    (
        "conversions_can_come", [("set", "conversions", 0, {"earliest": "2025-07"})],
        ["conversions.csv row 2, earliest = '2025-07'"], "leaves no month of the horizon",
    ),
    (
        "conversions_can_come", [("set", "conversions", 1, {"weeks": 13.0})],
        ["conversions.csv row 3, latest = '2025-02'"], "is not over by 2025-04-01",
    ),
    (
        "conversions_can_come", [("set", "conversions", 0, {"vehicle": "ev"})],
        ["conversions.csv row 2, earliest = '2025-05'"], "is not over by 2025-01-16",
    ),
    (
        "conversions_stop_every_vehicle",
        [("add", "shops", 3, {"shop": "repair", "kind": "rework"}),
         ("add", "work_content", 0, {"shop": "west-line", "factor": 0.0})],
        ["conversions.csv row 3, plant = 'west'"], "ev passes no shop of it with a pace",
    ),
]  # fmt: skip

SHIFTS: list[Fault] = [
    (
        "plants_with_shifts_have_a_calendar",
        [("add", "plants", 1, {"plant": "south"}),
         ("add", "shift_options", 0, {"plant": "south"})],
        ["shift_options.csv row 4, plant = 'south'"], "add a row to shift_calendar.csv",
    ),
    (
        "planned_patterns_may_be_chosen", [("drop", "shift_options", 0, {})],
        ["shift_calendar.csv row 3, pattern = 'two'"], "may not be chosen there; options: one;",
    ),
    (
        "planned_changes_keep_the_least_stay",
        [("add", "shift_calendar", 1, {"start": "2025-01-20", "pattern": "one"}),
         ("add", "shift_calendar", 1, {"start": "2025-03-01"})],
        ["workforces.csv row 2, min_stay_months = '3'"],
        "changes to one in 2025-02 and leaves it again sooner",
    ),
    (
        "heads_are_given_where_they_cost", [("set", "shift_patterns", 1, {"heads": None})],
        ["shift_patterns.csv row 3, heads"], "say how many it needs",
    ),
    (
        "extra_hours_fit_the_month", [("set", "workforces", 0, {"weekend_hours_max": 705.0})],
        ["workforces.csv row 2, overtime_hours_max = '40'"], "745 h a month; at most 744",
    ),
    (
        "time_accounts_can_be_filled", [("set", "workforces", 0, {"overtime_hours_max": 0.0})],
        ["workforces.csv row 2, account_hours = '80'"], "nothing can be put in",
    ),
    (
        "terms_of_shifts_have_a_choice",
        [("drop", "shift_options", 1, {}), ("drop", "shift_options", 0, {})],
        ["workforces.csv row 2, notice_months = '3'", "workforces.csv row 2, head_cost = '3000'"],
        "west has no row in shift_options.csv",
    ),
    (
        "planned_overtime_is_not_chosen", [("set", "shift_calendar", 1, {"overtime_min": 15.0})],
        ["shift_calendar.csv row 3, overtime_min = '15'"], "west chooses its shifts",
    ),
    (
        "volumes_that_justify_can_be_built",
        [("set", "shift_patterns", 1, {"volume_min": 50_000.0})],
        ["shift_patterns.csv row 3, volume_min = '50000'"], "a year gives at most 41,829",
    ),
]  # fmt: skip

PROGRAMME: list[Fault] = [
    (
        "dates_are_in_order", [("set", "incentives", 0, {"end": "2024-12"})],
        ["incentives.csv row 2, end = '2024-12'"], "before its start 2025-01",
    ),
    (
        "dates_are_in_order", [("set", "bom", 0, {"start": "2026-H2", "end": "2026-Q3"})],
        ["bom.csv row 2, end = '2026-Q3'"],
        "ends 2026-08-15, before its start 2026-H2 (2026-09-30)",
    ),
    (
        "vehicles_fit_the_shops", [("set", "shops", 1, {"mass_max_kg": 2100.0})],
        ["allocations.csv row 3, vehicle = 'ev'"],
        "weighs 2,200 kg, but shop final carries at most 2,100 kg",
    ),
    (
        "vehicles_fit_the_shops", [("set", "shops", 0, {"drivetrains": "ICE HEV"})],
        ["allocations.csv row 3, vehicle = 'ev'"], "is a BEV, but shop body builds ICE, HEV",
    ),
    (
        "allocations_have_costs", [("drop", "costs", 2, {})],
        ["allocations.csv row 4, vehicle = 'ev'"], "has no cost at west",
    ),
    (
        "programme_rows_are_allocations", [("set", "published_plan", 0, {"plant": "west"})],
        ["published_plan.csv row 2, vehicle = 'car'"], "is not allocated to west",
    ),
    (
        "lower_bounds_are_not_above_upper", [("set", "agreements", 0, {"max_per_year": 999.0})],
        ["agreements.csv row 2, min_per_year = '1000'"], "at most max_per_year (999)",
    ),
    (
        "lower_bounds_are_not_above_upper", [("set", "pins", 0, {"maximum": 9.0})],
        ["pins.csv row 2, minimum = '10'"], "at most maximum (9)",
    ),
    (
        "pins_fix_something", [("set", "pins", 1, {"maximum": None})],
        ["pins.csv row 3, minimum"], "fill minimum, maximum or both",
    ),
    (
        "pins_lie_in_the_horizon", [("set", "pins", 0, {"month": "2025-07"})],
        ["pins.csv row 2, month = '2025-07'"], "must lie in 2025-01 to 2025-06",
    ),
    (
        "market_pins_have_a_lane", [("set", "pins", 1, {"plant": "west", "market": "kr"})],
        ["pins.csv row 3, market = 'kr'"], "no lane leads there from west",
    ),
    (
        "cars_under_way_arrive_in_time", [("set", "in_transit", 0, {"arrives": "2024-12"})],
        ["in_transit.csv row 2, arrives = '2024-12'"], "must be 2025-01 or later",
    ),
    (
        "allocations_touch_the_horizon",
        [("add", "vehicles", 0, {"vehicle": "old"}), ("add", "costs", 0, {"vehicle": "old"}),
         ("add", "allocations", 0, {"vehicle": "old", "end": "2024"})],
        ["allocations.csv row 5, end = '2024'"], "ends before the horizon",
    ),
    (
        "agreements_lie_in_their_allocation", [("set", "agreements", 0, {"start": "2024-12"})],
        ["agreements.csv row 2, start = '2024-12'"], "start of production 2025-01-16",
    ),
    (
        "makers_run_the_plant", [("set", "agreements", 0, {"maker": "brandco"})],
        ["agreements.csv row 2, maker = 'brandco'", "agreements.csv row 2, principal = 'brandco'"],
        "",
    ),
    (
        "kit_volumes_are_usual",
        [("add", "published_plan", 0, {"vehicle": "ev", "plant": "west", "units": 3000.0}),
         ("add", "published_plan", 2, {"month": "2025-03", "units": 2001.0})],
        ["allocations.csv row 4, depth = 'SKD'"], "5,001 cars a year from kits",
    ),
    (
        "allocations_have_a_pace",
        # a kit passes no body shop, and the pace of one does not limit it
        [("set", "shops", 3, {"kind": "body"}), ("set", "allocations", 2, {"plateau_jph": None})],
        ["allocations.csv row 4, plateau_jph"], "nothing limits ev at west",
    ),
    (
        "nameplates_can_be_reached", [("set", "plants", 0, {"nameplate": 263_521.0})],
        ["plants.csv row 2, nameplate = '263521'"], "gives at most 263,520",
    ),
    (
        "nameplates_fit_a_pattern", [("set", "plants", 0, {"nameplate": 141_172.0})],
        ["plants.csv row 2, nameplate = '141172'"], "the longest, two, gives 141,171 in a year",
    ),
    (
        "agreed_minimums_can_be_built",
        [("set", "agreements", 0, {"min_per_year": 110_000.0, "max_per_year": None})],
        ["agreements.csv row 2, min_per_year = '110000'"], "nameplate of 100,000",
    ),
    (
        "agreed_minimums_can_be_built",
        [("set", "agreements", 0, {"min_per_year": 130_000.0, "max_per_year": None})],
        ["agreements.csv row 2, min_per_year = '130000'"], "gives at most 128,338 in a year",
    ),
    (
        # Nine working days from the start on 16 January, 57/112 of the full rate in all;
        # 17 h a day at 30/1.1 an hour: 57/112 x 17 x 27.27 = 235.96
        "pinned_minimums_can_be_built",
        [("set", "pins", 0, {"minimum": 236.0, "month": "2025-01"})],
        ["pins.csv row 2, minimum = '236'"], "at most 235.96 can be built there in 2025-01",
    ),
]  # fmt: skip

MARKETS: list[Fault] = [
    (
        "wanted_cars_can_be_supplied",
        [("add", "vehicles", 0, {"vehicle": "van"}), ("add", "demand", 0, {"vehicle": "van"}),
         ("add", "prices", 0, {"vehicle": "van"})],
        ["demand.csv row 5, vehicle = 'van'"], "it has no allocation",
    ),
    (
        "wanted_cars_can_be_supplied",
        [("set", "allocations", 0, {"start": "2025-02"}), ("drop", "opening_stock", 1, {}),
         ("drop", "line_rules", 0, {})],
        ["demand.csv row 2, vehicle = 'car'"], "nobody may build it by 2025-01",
    ),
    (
        "wanted_cars_can_be_supplied",
        [("add", "demand", 0, {"market": "us"}), ("add", "prices", 0, {"market": "us"}),
         ("drop", "lanes", 1, {}), ("drop", "lane_rates", 1, {}), ("drop", "sailings", 0, {}),
         ("drop", "spot_space", 0, {}), ("drop", "ports", 0, {}), ("drop", "ports", 0, {}),
         ("drop", "pins", 1, {}), ("drop", "in_transit", 0, {})],
        ["demand.csv row 5, vehicle = 'car'"], "no lane leads to us from east",
    ),
    (
        "wanted_cars_have_a_price", [("drop", "prices", 1, {})],
        ["demand.csv row 3, vehicle = 'ev'"], "has no price in us",
    ),
    (
        "wanted_cars_have_a_price",
        [("add", "vehicles", 0, {"vehicle": "van"}),
         ("add", "opening_backlog", 0, {"vehicle": "van"})],
        ["opening_backlog.csv row 3, vehicle = 'van'"], "has no price in kr",
    ),
    (
        "stock_at_a_plant_can_leave",
        [("drop", "lanes", 2, {}), ("drop", "lane_rates", 2, {})],
        ["opening_stock.csv row 2, plant = 'west'"], "no lane starts there",
    ),
    (
        "money_has_a_currency", [("set", "components", 1, {"currency": None})],
        ["components.csv row 3, currency"], "name the currency of holding_cost",
    ),
    (
        "currencies_have_a_rate",
        [("add", "currencies", 0, {"currency": "EUR"}), ("set", "parts", 0, {"currency": "EUR"})],
        ["currencies.csv row 4, currency = 'EUR'"], "add a row to currency_rates.csv",
    ),
    (
        "the_reporting_currency_is_worth_one",
        [("add", "currency_rates", 0, {"currency": "USD", "rate": 1.1})],
        ["currency_rates.csv row 3, rate = '1.1'"], "must be 1: USD is the reporting currency",
    ),
    (
        "incentives_are_below_the_price", [("set", "incentives", 0, {"amount": 7_500_000.0})],
        ["incentives.csv row 2, amount = '7500000'"], "50,000 USD",
    ),
    (
        "lanes_have_a_freight", [("drop", "lane_rates", 2, {})],
        ["lanes.csv row 4, lane = 'west-us'"], "has no freight",
    ),
    (
        "borders_have_a_duty", [("set", "tariffs", 0, {"goods": "ICE"})],
        ["lanes.csv row 3, lane = 'east-us'"], "no duty on record from KR into US for BEV",
    ),
    (
        "duties_are_between_two_areas", [("add", "tariffs", 0, {"exporter": "US"})],
        ["tariffs.csv row 3, exporter = 'US'"], "inside one customs area no duty is due",
    ),
    (
        "lanes_carry_something",
        [("add", "lanes", 2, {"lane": "w", "market": "kr"}),
         ("add", "lane_rates", 2, {"lane": "w"}),
         ("add", "tariffs", 0, {"importer": "KR", "exporter": "US"})],
        ["lanes.csv row 5, lane = 'w'"], "west builds nothing that kr wants",
    ),
    (
        "origin_rules_are_of_a_known_regime",
        [("set", "tariffs", 0, {"regime": "FTA"}), ("drop", "preferences", 0, {})],
        ["origin_rules.csv row 2, regime = 'KORUS'"], "no row of preferences.csv or tariffs.csv",
    ),
]  # fmt: skip

SUPPLY: list[Fault] = [
    (
        "cells_go_into_battery_packs",
        [("set", "component_sources", 0, {"cell_supply": "gwh"})],
        ["component_sources.csv row 2, cell_supply = 'gwh'"], "petrol is no battery pack (engine)",
    ),
    (
        "cells_go_into_battery_packs", [("set", "components", 1, {"kwh": None})],
        ["component_sources.csv row 3, cell_supply = 'gwh'"], "fill kwh of pack",
    ),
    (
        "electric_cars_have_no_engine",
        [("add", "component_use", 0, {"vehicle": "ev"})],
        ["component_use.csv row 4, component = 'petrol'"], "is an engine; ev is a BEV",
    ),
    (
        "house_suppliers_stand_in_the_plants_country", [("set", "suppliers", 1, {"country": "US"})],
        ["suppliers.csv row 3, country = 'US'"], "must be KR, where its plant east stands",
    ),
    (
        "part_shares_add_up", [("set", "part_sources", 1, {"share_pct": 30.0})],
        ["part_sources.csv row 2, share_pct = '60'"], "seat at east add up to 90 %",
    ),
    (
        "power_stays_on_its_grid", [("set", "power_contracts", 0, {"country": "US"})],
        ["contract_sites.csv row 2, plant = 'east'"], "stands in KR; the contract feeds US",
    ),
    (
        "sources_are_used", [("set", "opening_components", 0, {"plant": "west"})],
        ["opening_components.csv row 2, plant = 'west'"], "has no use for petrol",
    ),
    (
        "packs_match_the_vehicle", [("set", "components", 1, {"kwh": 80.0})],
        ["vehicles.csv row 3, battery_kwh = '100'"], "hold 80 kWh",
    ),
    (
        "take_rates_of_a_group_add_up", [("drop", "take_rates", 3, {})],
        ["take_rates.csv row 4, share_pct = '0'"],
        "group wheels for ev in us add up to 40 %; must be 100 %",
    ),
    (
        "colours_of_a_vehicle_add_up", [("add", "colour_mix", 0, {"colour": "red"})],
        ["colour_mix.csv row 2, share_pct = '100'"], "colours of ev add up to 200 %",
    ),
    (
        "option_rules_are_complete", [("set", "option_rules", 1, {"market": None, "other": "w18"})],
        ["option_rules.csv row 3, market", "option_rules.csv row 3, other = 'w18'"], "",
    ),
    (
        "option_rules_do_not_contradict", [("set", "option_rules", 0, {"other": "w18"})],
        ["option_rules.csv row 2, other = 'w18'"], "roof and w18 exclude each other",
    ),
    (
        "option_rules_do_not_contradict", [("set", "option_rules", 2, {"other": "roof"})],
        ["option_rules.csv row 4, other = 'roof'"], "is the option itself",
    ),
    (
        "option_rules_do_not_contradict",
        [("add", "option_rules", 0, {"option": "w18", "other": "w19", "vehicle": "ev"})],
        ["option_rules.csv row 6, other = 'w19'"], "is of the same group as w18",
    ),
    (
        "option_rules_do_not_contradict",
        [("add", "option_rules", 3, {"option": "roof", "market": "kr", "vehicle": "ev"})],
        ["option_rules.csv row 6, market = 'kr'"], "another rule says that roof is not for it",
    ),
    (
        "orders_have_one_option_of_a_group", [("set", "orders", 0, {"options": "w18 w19"})],
        ["orders.csv row 2, options = 'w18 w19'"], "w19 and w18 are both of group wheels",
    ),
    (
        "orders_have_one_option_of_a_group", [("set", "orders", 0, {"options": "roof w19 roof"})],
        ["orders.csv row 2, options = 'roof w19 roof'"], "roof stands twice",
    ),
    (
        "orders_are_in_a_colour_of_the_vehicle", [("set", "orders", 0, {"colour": "red"})],
        ["orders.csv row 2, colour = 'red'"], "ev comes in white",
    ),
    (
        "orders_keep_option_rules", [("set", "orders", 0, {"options": "roof"})],
        ["orders.csv row 2, options = 'roof'"], "breaks the rule r1: roof needs w19",
    ),
    (
        "orders_keep_option_rules", [("set", "orders", 0, {"market": "kr"})],
        ["orders.csv row 2, options = 'w19'"], "w19 is only for us, not for kr",
    ),
]  # fmt: skip

COMPONENTS: list[Fault] = [
    (
        "made_components_come_from_their_shop",
        [("set", "component_sources", 0, {"supplier": "cells"})],
        ["component_sources.csv row 2, supplier = 'cells'"],
        "is no supplier at east, where engines makes it",
    ),
    (
        "components_do_not_need_themselves",
        [("add", "component_needs", 0, {"component": "casting", "needs": "petrol"}),
         ("set", "component_sources", 2, {"shop": "engines"})],
        ["component_needs.csv row 2, needs = 'casting'",
         "component_needs.csv row 3, needs = 'petrol'"],
        "which would need itself",
    ),
    (
        "sold_components_have_a_source",
        [("add", "component_sales", 0, {"plant": "west"})],
        ["component_sales.csv row 3, component = 'petrol'"], "has no source at west",
    ),
    (
        "borders_have_a_duty_on_parts",
        [("set", "suppliers", 0, {"country": "US"}),
         ("add", "tariffs", 0, {"importer": "KR", "exporter": "US"})],
        ["component_sources.csv row 3, value = '9000'"],
        "no duty on parts on record from US into KR",
    ),
    (
        "needs_are_of_components_made_in_house",
        [("add", "component_needs", 0, {"component": "pack"})],
        ["component_needs.csv row 3, component = 'pack'"], "makes it in a shop",
    ),
    (
        "shops_that_make_components_have_a_rate",
        [("drop", "shop_rates", 3, {}), ("drop", "site_windows", 0, {})],
        ["component_sources.csv row 2, shop = 'engines'"], "so it makes any number",
    ),
    (
        "sources_are_used", [("add", "component_sources", 2, {"source": "k4", "plant": "west"})],
        ["component_sources.csv row 5, plant = 'west'"], "has no use for casting",
    ),
]  # fmt: skip

ORIGIN_AND_CARBON: list[Fault] = [
    (
        "areas_exist", [("add", "preferences", 0, {"exporter": "JP"})],
        ["preferences.csv row 3, exporter = 'JP'"], "it holds KR, US",
    ),
    (
        "areas_exist", [("add", "regime_areas", 0, {"area": "JP"})],
        ["regime_areas.csv row 3, area = 'JP'"], "it holds KR, US",
    ),
    (
        "preferences_have_a_rule", [("add", "preferences", 0, {"regime": "KORUSS"})],
        ["preferences.csv row 3, regime = 'KORUSS'"], "did you mean 'KORUS'?",
    ),
    (
        "preferences_are_between_two_areas", [("add", "preferences", 0, {"exporter": "US"})],
        ["preferences.csv row 3, exporter = 'US'"], "inside one customs area no duty is due",
    ),
    (
        "content_is_of_a_known_regime",
        [("set", "regime_areas", 0, {"regime": "korus2"}),
         ("set", "local_content", 0, {"regime": "CETA"})],
        ["regime_areas.csv row 2, regime = 'korus2'", "local_content.csv row 2, regime = 'CETA'"],
        "has no rule in origin_rules.csv",
    ),
    (
        "content_is_of_cars_that_are_built", [("add", "local_content", 0, {"plant": "west",
                                               "vehicle": "car"})],
        ["local_content.csv row 3, vehicle = 'car'"], "is not built at west",
    ),
    (
        "carbon_limits_fall_in_the_horizon", [("set", "carbon_limits", 0, {"year": 2026})],
        ["carbon_limits.csv row 2, year = '2026'"], "outside the horizon, 2025 to 2025",
    ),
    (
        "goals_cost_something", [("set", "carbon_limits", 0, {"excess_cost": 0.0})],
        ["carbon_limits.csv row 2, excess_cost = '0'"], "is missed for nothing",
    ),
    (
        "goals_cost_something", [("set", "carbon_limits", 0, {"kind": "cap"})],
        ["carbon_limits.csv row 2, excess_cost = '100'"], "is never paid",
    ),
    (
        "limits_have_carbon_to_count",
        [("drop", "footprints", 0, {}), ("drop", "meters", 0, {})],
        ["carbon_limits.csv row 2, tonnes = '9000'"], "nothing counts",
    ),
    (
        "power_has_a_factor", [("set", "grid_factors", 0, {"method": "residual"})],
        ["meters.csv row 2, kg_per_mwh"], "counts as free of carbon",
    ),
]  # fmt: skip

LINE: list[Fault] = [
    (
        "buffers_join_two_shops_of_a_plant", [("set", "buffers", 0, {"to_shop": "west-line"})],
        ["buffers.csv row 2, to_shop = 'west-line'"], "belongs to west, but body to east",
    ),
    (
        "buffers_join_two_shops_of_a_plant", [("set", "buffers", 0, {"to_shop": "body"})],
        ["buffers.csv row 2, to_shop = 'body'"], "is the shop that fills it",
    ),
    (
        "buffers_hold_what_is_in_them", [("set", "buffers", 0, {"initial": 81})],
        ["buffers.csv row 2, initial = '81'"], "at most its capacity (80)",
    ),
    (
        "buffers_hold_what_is_in_them", [("set", "buffers", 0, {"layout": "lanes"})],
        ["buffers.csv row 2, lanes"], "layout lanes needs it",
    ),
    (
        "routings_stay_in_the_plant", [("set", "routings", 1, {"shop": "west-line"})],
        ["routings.csv row 3, shop = 'west-line'"], "must be a shop of east",
    ),
    (
        "routings_stay_in_the_plant",
        [("add", "routings", 1, {"plant": "west", "vehicle": "car", "shop": "west-line"})],
        ["routings.csv row 4, vehicle = 'car'"], "is not allocated to west",
    ),
    (
        "failures_are_of_one_place", [("set", "failures", 0, {"shop": "body"})],
        ["failures.csv row 2, station = 's1'"], "belongs to shop final",
    ),
    (
        "failures_are_of_one_place", [("set", "crews", 0, {"plant": "west"})],
        ["failures.csv row 2, crew = 'fix'"], "works at west; shop final belongs to east",
    ),
    (
        "buffers_join_two_shops_of_a_plant",
        [("set", "buffers", 0, {"from_station": "s1"}), ("drop", "failures", 0, {})],
        ["buffers.csv row 2, from_station = 's1'"], "belongs to final; must be of body",
    ),
    (
        "station_times_fit_the_cycle", [("set", "station_times", 0, {"time_s": 241.0})],
        ["station_times.csv row 2, time_s = '241'"], "twice the station's cycle of 120 s",
    ),
]  # fmt: skip

PLANT: list[Fault] = [
    (
        "names_of_elements_differ", [("set", "segments", 0, {"segment": "s1"})],
        ["segments.csv row 2, segment = 's1'"], "is the name of a station, too",
    ),
    (
        "names_of_elements_differ",
        [("set", "arrivals", 0, {"arrival": "out"}), ("drop", "arrival_mix", 0, {}),
         ("drop", "arrival_mix", 0, {})],
        ["arrivals.csv row 2, arrival = 'out'"], "is the name of the way out",
    ),
    (
        "flows_lead_from_place_to_place", [("set", "flows", 0, {"target": "s11"})],
        ["flows.csv row 2, target = 's11'"], "did you mean 's1'?",
    ),
    (
        "flows_lead_from_place_to_place", [("set", "flows", 0, {"target": "west-line"})],
        ["flows.csv row 2, target = 'west-line'"], "belongs to west, but s1 to east",
    ),
    (
        "flows_lead_from_place_to_place",
        [("set", "stations", 0, {"level": "shop"}),
         ("add", "stations", 0, {"station": "s2", "level": "station"}),
         ("add", "flows", 0, {"target": "s2"})],
        ["flows.csv row 3, target = 's2'"], "stands at level station, s1 at the other one",
    ),
    (
        "shares_of_flows_add_up",
        [("set", "flows", 0, {"share_pct": 40.0}),
         ("add", "flows", 0, {"target": "belt", "share_pct": 50.0})],
        ["flows.csv row 3, share_pct = '50'"], "shares out of s1 add up to 90 %",
    ),
    (
        "shares_of_flows_add_up",
        [("set", "flows", 0, {"share_pct": 40.0}),
         ("add", "flows", 0, {"target": "belt", "share_pct": None})],
        ["flows.csv row 3, share_pct"], "other ways out of s1 have a share",
    ),
    (
        "buffers_lie_on_a_way",
        [("add", "buffers", 0, {"buffer": "lost", "from_shop": "final", "to_shop": "body"})],
        ["buffers.csv row 4, buffer = 'lost'"], "no car goes from final to body",
    ),
    (
        "buffers_lie_on_a_way",
        [("add", "buffers", 0, {"buffer": "lost", "from_shop": None, "to_shop": None})],
        ["buffers.csv row 4, from_shop"], "say what fills it",
    ),
    (
        "cars_find_the_way_out",
        [("add", "flows", 0, {"origin": "belt", "target": "s1", "kind": "pass"})],
        ["stations.csv row 2, station = 's1'"], "is on a loop without exit at east",
    ),
    (
        "cars_find_the_way_out",
        [("add", "stations", 0, {"station": "aside", "branch": "aside"}),
         ("add", "flows", 0, {"target": "aside"})],
        ["stations.csv row 3, station = 'aside'"], "leads nowhere at east",
    ),
    (
        "vehicles_find_their_way",
        [("set", "flows", 0, {"origin": "body", "vehicle": "ev", "kind": "pass"})],
        ["shops.csv row 2, shop = 'body'"], "has no way out for car",
    ),
    (
        "stations_are_reached",
        [("add", "stations", 0, {"station": "aside", "branch": "aside"})],
        ["stations.csv row 3, station = 'aside'"], "nobody comes to it",
    ),
    (
        "feeders_are_described",
        [("add", "shops", 2, {"shop": "packs", "kind": "battery"}),
         ("set", "buffers", 1, {"from_shop": "packs"})],
        ["shops.csv row 6, shop = 'packs'"], "nor a pace in shop_rates",
    ),
    (
        "arrivals_come_to_a_line", [("set", "arrivals", 0, {"branch": "none"})],
        ["arrivals.csv row 2, branch = 'none'"], "has no station to come to",
    ),
    (
        "arrivals_come_to_a_line", [("set", "arrival_mix", 0, {"share_pct": 50.0})],
        ["arrival_mix.csv row 2, share_pct = '50'"], "shares of bodies add up to 90 %",
    ),
    (
        "joins_have_their_store", [("set", "joins", 0, {"match": "car", "quantity": 2})],
        ["joins.csv row 2, quantity = '2'"], "must be 1 where a piece is made for the car",
    ),
    (
        "joins_have_their_store", [("set", "joins", 0, {"match": "type", "vehicle": "ev"})],
        ["joins.csv row 2, vehicle = 'ev'"], "a piece is made for each type; add a row for all",
    ),
    (
        "joins_have_their_store",
        [("add", "stations", 0, {"station": "s2", "shop": "body", "level": "shop"}),
         ("set", "stations", 0, {"level": "station"}), ("set", "carriers", 0, {"level": "station"}),
         ("set", "segments", 0, {"level": "station"}),
         ("set", "buffers", 1, {"from_station": "s2"})],
        ["joins.csv row 2, buffer = 'rack'"], "has no feeder at the level of detail of s1",
    ),
    (
        "laws_have_what_they_need", [("set", "failures", 0, {"law": "weibull"})],
        ["failures.csv row 2, shape"], "law weibull needs it",
    ),
    (
        "laws_have_what_they_need",
        [("set", "stations", 0, {"law": "erlang", "shape": 1.5}),
         ("set", "failures", 0, {"down_law": "empirical", "down_values": "1 two"}),
         ("set", "arrivals", 0, {"law": "triangular", "shape": 1.5})],
        ["stations.csv row 2, shape = '1.5'", "failures.csv row 2, down_values = '1 two'",
         "arrivals.csv row 2, shape = '1.5'"], "",
    ),
    (
        "slotted_lines_move_together", [("set", "failures", 0, {"law": "bernoulli"})],
        ["failures.csv row 2, law = 'bernoulli'"], "the stations of east do not share one",
    ),
    (
        "crews_can_serve",
        [("add", "crews", 0, {"crew": "hands", "kind": "operator", "heads": 2}),
         ("set", "stations", 0, {"crew": "hands", "operators": 3})],
        ["stations.csv row 2, operators = '3'"], "needs 3 people, crew hands has 2",
    ),
    (
        "crews_can_serve", [("set", "stations", 0, {"crew": "fix", "operators": 1})],
        ["stations.csv row 2, crew = 'fix'"], "is a crew of kind repair",
    ),
    (
        "crews_can_serve", [("set", "failures", 0, {"heads": 3})],
        ["failures.csv row 2, heads = '3'"], "takes more people than crew fix has (2)",
    ),
    (
        "segments_can_move", [("set", "segments", 0, {"position": None})],
        ["segments.csv row 2, position"], "no station tells where it stands",
    ),
    (
        "places_of_segments_are_paced",
        [("add", "stations", 0, {"station": "p", "position": 2, "segment": "belt",
                                 "parallel": 2})],
        ["stations.csv row 3, parallel = '2'"], "a place on segment belt stands alone",
    ),
    (
        "vehicles_fit_their_carriers", [("set", "carriers", 0, {"mass_max_kg": 2000.0})],
        ["carriers.csv row 2, mass_max_kg = '2000'"], "weighs 2,200 kg",
    ),
    (
        "carriers_go_round", [("set", "carriers", 0, {"to_shop": "west-line"})],
        ["carriers.csv row 2, to_shop = 'west-line'"], "belongs to west",
    ),
    (
        "carriers_go_round", [("add", "stations", 0, {"station": "s2"})],
        ["carriers.csv row 2, first_station"], "2 stations stand there; name one",
    ),
    (
        "rework_has_a_reason", [("drop", "quality", 0, {})],
        ["flows.csv row 2, origin = 's1'"], "every car passes there at first",
    ),
    (
        "stops_of_whole_shops_count", [("set", "failures", 0, {"station": None})],
        ["failures.csv row 2, shop = 'final'"], "none of which this row names",
    ),
    (
        "shifts_begin_in_turn",
        [("add", "shift_times", 0, {"shift": 2, "start_min": 839.0})],
        ["shift_times.csv row 3, start_min = '839'"], "shift 1 ends at 840 or later",
    ),
    (
        "shifts_begin_in_turn", [("set", "shift_times", 0, {"shift": 3})],
        ["shift_times.csv row 2, shift = '3'"], "pattern two has 2 shifts",
    ),
    (
        "breaks_fall_into_a_shift", [("set", "breaks", 0, {"after_min": 480.0})],
        ["breaks.csv row 2, after_min = '480'"], "the longest shift of east has 480 min",
    ),
    (
        "breaks_fall_into_a_shift", [("set", "breaks", 0, {"shop": "west-line"})],
        ["breaks.csv row 2, shop = 'west-line'"], "belongs to west",
    ),
    (
        "stops_name_one_place", [("set", "maintenance", 0, {"segment": "belt"})],
        ["maintenance.csv row 2, segment = 'belt'"], "station is filled as well",
    ),
    (
        "parts_that_come_are_used",
        [("drop", "bom", 0, {})],
        ["part_arrivals.csv row 2, part = 'seat'"], "no vehicle of east has it",
    ),
]  # fmt: skip

SEQUENCING: list[Fault] = [
    (
        "sequence_rules_are_complete",
        [("set", "sequence_rules", 0, {"option": None, "window": None})],
        ["sequence_rules.csv row 2, option", "sequence_rules.csv row 2, window"], "",
    ),
    (
        "sequence_rules_are_complete",
        [("set", "sequence_rules", 1, {"kind": "block", "at_most": None, "colour": "white"})],
        ["sequence_rules.csv row 3, at_most"], "a rule of kind block needs it",
    ),
    (
        "sequence_rules_leave_the_rest_blank",
        [("set", "sequence_rules", 0, {"kind": "spacing"})],
        ["sequence_rules.csv row 2, at_most = '1'"], "kind spacing does not use it",
    ),
    (
        "sequence_rules_leave_the_rest_blank",
        [("set", "sequence_rules", 1, {"vehicle": "ev"})],
        ["sequence_rules.csv row 3, vehicle = 'ev'"], "kind batch does not use it",
    ),
    (
        "sequence_rules_say_something", [("set", "sequence_rules", 0, {"at_most": 3})],
        ["sequence_rules.csv row 2, at_most = '3'"], "must be below the window (3)",
    ),
    (
        "sequence_rules_say_something",
        [("set", "sequence_rules", 0, {"kind": "spacing", "at_most": None, "window": 1})],
        ["sequence_rules.csv row 2, window = '1'"], "must be at least 2",
    ),
    (
        "sequence_rules_say_something",
        [("set", "sequence_rules", 0, {"kind": "block", "window": None, "at_least": 1})],
        ["sequence_rules.csv row 2, at_least = '1'"], "must be at least 2, or blank",
    ),
    (
        "sequence_rules_say_something", [("set", "sequence_rules", 1, {"at_most": 0})],
        ["sequence_rules.csv row 3, at_most = '0'"], "must be at least 1",
    ),
    (
        "sequence_rules_say_something",
        [("set", "sequence_rules", 0, {"kind": "stretch", "window": None, "at_least": 2,
                                       "first": 9, "last": 8})],
        ["sequence_rules.csv row 2, at_least = '2'", "sequence_rules.csv row 2, last = '8'"], "",
    ),
    (
        "sequence_rules_say_something", [("set", "sequence_rules", 0, {"weight": 0.5})],
        ["sequence_rules.csv row 2, weight = '0.5'"], "must be a whole number",
    ),
    (
        "sequence_rules_are_of_lines", [("set", "sequence_rules", 0, {"shop": "engines"})],
        ["sequence_rules.csv row 2, shop = 'engines'"], "is a shop of kind engine",
    ),
    (
        "order_rules_are_complete", [("set", "order_rules", 0, {"other": None})],
        ["order_rules.csv row 2, other"], "a rule of kind after needs it",
    ),
    (
        "order_rules_are_complete",
        [("set", "order_rules", 0, {"kind": "not_before", "hours": 1.0})],
        ["order_rules.csv row 2, other = 'o1'", "order_rules.csv row 2, gap = '2'"], "",
    ),
    (
        "order_rules_are_complete",
        [("set", "order_rules", 0, {"kind": "place", "other": None, "gap": None})],
        ["order_rules.csv row 2, first"], "a rule of kind place needs it",
    ),
    (
        "order_rules_can_be_kept",
        [("add", "order_rules", 0, {"rule": "r2", "order": "o1", "other": "o2"})],
        ["order_rules.csv row 3, other = 'o2'"], "comes itself after o1",
    ),
    (
        "order_rules_can_be_kept",
        [("set", "order_rules", 0, {"kind": "place", "other": None, "gap": None, "first": 4,
                                    "last": 3, "weight": 1.5})],
        ["order_rules.csv row 2, last = '3'", "order_rules.csv row 2, weight = '1.5'"], "",
    ),
]  # fmt: skip

FACTS: list[Fault] = [
    (
        "facts_speak_of_a_column", [("set", "facts", 3, {"table": "price"})],
        ["facts.csv row 5, table = 'price'"], "did you mean 'prices'?",
    ),
    (
        "facts_speak_of_a_column", [("set", "facts", 3, {"field": "prize"})],
        ["facts.csv row 5, field = 'prize'"], "must be a column of prices: vehicle, market",
    ),
    (
        "facts_match_a_row", [("set", "facts", 3, {"key": "car|kr"})],
        ["facts.csv row 5, key = 'car|kr'"], "must have 3 parts: vehicle|market|start",
    ),
    (
        "facts_match_a_row", [("set", "facts", 2, {"key": "ev|kr|*"})],
        ["facts.csv row 4, key = 'ev|kr|*'"], "matches no row of demand.csv",
    ),
    (
        "reported_facts_have_a_source", [("set", "facts", 0, {"source_id": None})],
        ["facts.csv row 2, source_id"], "without one its status is assumed",
    ),
    (
        "facts_are_figures_of_their_column", [("set", "facts", 0, {"high": "32/h"})],
        ["facts.csv row 2, high = '32/h'"], "must be a number above 0",
    ),
    (
        "facts_are_figures_of_their_column", [("set", "facts", 4, {"high": "autumn"})],
        ["facts.csv row 6, high = 'autumn'"], "must be a date",
    ),
    (
        "ranges_hold_their_value", [("set", "facts", 2, {"low": "1.1"})],
        ["facts.csv row 4, low = '1.1'"], "must be at most value (1)",
    ),
    (
        "ranges_hold_their_value", [("set", "facts", 4, {"high": "2024-H2"})],
        ["facts.csv row 6, value = '2025-01'"], "must be at most high (2024-H2)",
    ),
    (
        "disputes_have_one_choice", [("set", "facts", 0, {"chosen": False})],
        ["facts.csv row 2, chosen = 'no'"], "choose exactly one",
    ),
    (
        "disputes_have_one_choice", [("add", "facts", 0, {"fact_id": "a2"})],
        ["facts.csv row 8, chosen = 'yes'"], "row 2 is chosen for the same field",
    ),
    (
        "disputes_have_reasons", [("set", "facts", 1, {"reason": None})],
        ["facts.csv row 3, reason"], "say why it was set aside",
    ),
    (
        "chosen_facts_agree_with_the_tables", [("set", "shop_rates", 1, {"jph": 31.0})],
        ["facts.csv row 2, value = '30'"], "shop_rates.csv row 3, jph holds 31; change one",
    ),
    (
        "chosen_facts_agree_with_the_tables", [("set", "facts", 4, {"value": "2025-02"})],
        ["facts.csv row 6, value = '2025-02'"], "allocations.csv row 3, start holds 2025-01",
    ),
    (
        "facts_are_in_the_unit_of_their_column", [("set", "facts", 0, {"unit": "vehicles/min"})],
        ["facts.csv row 2, unit = 'vehicles/min'"], "must be 'vehicles/h', 'factor' or blank",
    ),
    (
        "facts_are_in_the_unit_of_their_column", [("set", "facts", 3, {"unit": "USD/vehicle"})],
        ["facts.csv row 5, unit = 'USD/vehicle'"], "the rows it speaks of are in KRW",
    ),
    (
        "fact_dates_are_dates", [("set", "facts", 0, {"as_of": "from 2025"})],
        ["facts.csv row 2, as_of = 'from 2025'"], "must be 2025-07-15, 2025-07,",
    ),
]  # fmt: skip

PUBLISHED: list[Fault] = [
    (
        "bands_have_a_plan_to_go_by", [("set", "agreements", 0, {"status": "letter_of_intent"})],
        ["flex_bands.csv row 2, agreement = 'deal'"], "binds nothing",
    ),
    (
        "bands_have_a_plan_to_go_by", [("drop", "published_plan", 1, {})],
        ["flex_bands.csv row 2, agreement = 'deal'"], "has no row for ev at east",
    ),
    (
        "published_cars_can_be_built", [("add", "published_plan", 1, {"month": "2024-12"})],
        ["published_plan.csv row 4, units = '90'"], "production starts on 2025-01-16",
    ),
    (
        "published_cars_can_be_built", [("add", "published_plan", 1, {"month": "2031-01"})],
        ["published_plan.csv row 4, units = '90'"], "nothing can be built in 2031-01",
    ),
]  # fmt: skip

LANES: list[Fault] = [
    (
        "lots_fit_the_space", [("set", "lanes", 1, {"min_lot_ceu": 1100.5})],
        ["lanes.csv row 3, min_lot_ceu = '1100.5'"], "holds at most 1,100 CEU a month",
    ),
    (
        "spot_space_adds_to_sailings", [("drop", "sailings", 0, {})],
        ["spot_space.csv row 2, lane = 'east-us'"], "no spot space will be taken",
    ),
    (
        "ports_are_on_a_lane", [("add", "ports", 0, {"port": "KRINC"})],
        ["ports.csv row 4, port = 'KRINC'"], "is no port of a plant or market",
    ),
    (
        "ports_are_on_a_lane", [("set", "lanes", 1, {"mode": "rail"})],
        ["ports.csv row 2, port = 'KRPUS'", "ports.csv row 3, port = 'USLGB'"],
        "with a lane by roro or container",
    ),
    (
        "used_ports_have_room_on_record", [("drop", "ports", 1, {})],
        ["markets.csv row 3, port = 'USLGB'"], "does not stand in ports.csv",
    ),
]  # fmt: skip

FAULTS = [
    *SITES, *SHIFTS, *LAUNCHES, *PROGRAMME, *MARKETS, *SUPPLY, *COMPONENTS, *ORIGIN_AND_CARBON,
    *LINE, *PLANT, *SEQUENCING, *FACTS, *PUBLISHED, *LANES,
]  # fmt: skip
EVERY = {rule.__name__: rule for rule in (*RULES, *EVIDENCE, *DOUBTS)}


def place(problem: Problem) -> str:
    """Where a problem is, without what is said of it."""
    return str(problem).removesuffix(f": {problem.message}")


@pytest.mark.parametrize(
    ("rule", "edits", "places", "said"),
    [pytest.param(*fault, id=f"{fault[0]}-{number}") for number, fault in enumerate(FAULTS)],
)
def test_a_fault_is_told_by_its_rule_alone(
    spoiled: Callable[[list[Edit]], Case],
    rule: str,
    edits: list[Edit],
    places: list[str],
    said: str,
) -> None:
    """The whole check says what this rule says, and nothing more."""
    case = spoiled(edits)
    found = check_case(case) + doubts_about(case)
    assert [place(problem) for problem in found] == places
    assert sorted(map(str, EVERY[rule](case))) == sorted(map(str, found))
    assert all(said in problem.message for problem in found)


def test_a_site_needs_a_pace_of_the_shop_that_makes_components(
    spoiled: Callable[[list[Edit]], Case],
) -> None:
    """Closing it would stop nothing, whether the shop is the site or all of its plant is."""
    for shop in ("engines", None):
        case = spoiled([("drop", "shop_rates", 3, {}), ("set", "site_windows", 0, {"shop": shop})])
        assert [str(problem) for problem in check_case(case)] == [
            "component_sources.csv row 2, shop = 'engines': has no pace in shop_rates.csv, and "
            "would not stop with engines in site_windows.csv"
        ]


def test_the_focus_must_be_an_allocation(sound: Case) -> None:
    """The car is not built at west."""
    case = sound.with_info(focus={"vehicle": "car", "plant": "west"})
    expected = "case.toml, focus = 'car at west': is not an allocation"
    assert [str(problem).startswith(expected) for problem in check_case(case)] == [True]


def test_the_reporting_currency_must_be_declared(sound: Case) -> None:
    """A pound would be a currency that no table knows."""
    case = sound.with_info(currency="GBP")
    told = [str(problem) for problem in EVERY["the_reporting_currency_is_worth_one"](case)]
    assert told == ["case.toml, currency = 'GBP': does not stand in currencies.csv; add a row"]


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([("set", "pins", 0, {"minimum": 235.9, "month": "2025-01"})], id="pin"),
        pytest.param([("set", "plants", 0, {"nameplate": 141_171.0})], id="nameplate"),
        pytest.param([("set", "shops", 1, {"mass_max_kg": 2200.0})], id="mass"),
        pytest.param([("set", "shops", 3, {"mass_max_kg": 2100.0, "drivetrains": "ICE"}),
                      ("set", "launch_windows", 0, {"optional": True})], id="asked about"),
        pytest.param([("set", "plants", 0, {"models_max": 1}),
                      ("set", "vehicles", 1, {"model": "car"})], id="one model"),
        pytest.param([("set", "launch_windows", 0, {"end_latest": "2025-05"})], id="last end"),
        pytest.param([("set", "conversions", 1, {"weeks": 12.0 + 5 / 7})], id="just over"),
        pytest.param([("set", "take_rates", 0, {"share_pct": 60.009})], id="rounded share"),
        pytest.param([("drop", "tariffs", 0, {}), ("drop", "origin_rules", 0, {}),
                      ("drop", "preferences", 0, {}), ("drop", "regime_areas", 0, {}),
                      ("drop", "local_content", 0, {}),
                      ("set", "countries", 0, {"customs_area": "US"})], id="one customs area"),
        pytest.param([("set", "demand", 2, {"vehicle": "car"})], id="demand after the horizon"),
        pytest.param([("set", "components", 1, {"currency": None, "holding_cost": 0.0})],
                     id="no money, no currency"),
        pytest.param([("set", "lanes", 1, {"min_lot_ceu": 1100.0})], id="a lot of all the space"),
        pytest.param([("drop", "ports", 0, {}), ("drop", "ports", 0, {})], id="no port on record"),
        pytest.param([("add", "published_plan", 1, {"month": "2025-01"})], id="first month"),
        pytest.param([("set", "tariffs", 0, {"goods": "BEV"})], id="duty on what is shipped"),
        pytest.param([("add", "order_rules", 0, {"rule": "r2", "order": "o1", "other": "o2",
                                                 "priority": "low"})], id="soft circle"),
        pytest.param([("set", "sequence_rules", 0, {"kind": "even", "at_most": None,
                                                    "window": None, "weight": 0.5})],
                     id="weight of squares"),
    ],
)  # fmt: skip
def test_what_is_just_allowed_is_not_a_fault(
    spoiled: Callable[[list[Edit]], Case], edits: list[Edit]
) -> None:
    """Rules draw the line where they say."""
    case = spoiled(edits)
    assert [str(problem) for problem in check_case(case) + doubts_about(case)] == []


def test_every_rule_has_a_fault_of_its_own() -> None:
    """A rule that no test can break may be dead."""
    assert set(EVERY) - {fault[0] for fault in FAULTS} == {"focus_is_an_allocation"}

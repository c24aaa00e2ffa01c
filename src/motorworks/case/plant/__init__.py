"""The steps from the tables of a case to the model of one of its plants.

``rows`` picks the rows that speak of a plant, ``layout`` and ``stores`` say which elements it has
and which ways lead between them; ``car_types``, ``cars`` and ``calendar`` tell who comes and when;
``elements`` and ``extras`` make the parts of the model. They are put together in
:mod:`motorworks.case.plant_of_case`.
"""

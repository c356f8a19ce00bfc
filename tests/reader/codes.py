"""The number of each event: docs/FORMAT.md, section 5."""

FAMILIES = {
    0x0100: ("centre", "register_made policy_set staff_listed authorised_user keys_set day_note viewed exported wrong_tries"),
    0x0200: ("case", "case_opened member_listed instruction_given instruction_withdrawn pattern_set kept_apart apart_closed "
             "families_apart families_apart_closed person_merged"),
    0x0300: ("day", "opened session_expected desk_taken staff_came staff_went visitor_came visitor_went muster_held counted "
             "signed reopened resumed"),
    0x0400: ("door", "arrived walked moved given_to went_out came_back child_left adult_left sides_met ended_early kept_here "
             "not_coming on_the_way other_side_told not_admitted unlisted_came took_no_part supervisor_named paused resumed "
             "ten_minutes_called minutes_owed report_due joined_on_line left_on_line called social_worker_told thing_kept "
             "thing_given_back allowed apart_set instruction_set instruction_lifted cancelled"),
    0x0500: ("note", "raised told mistaken message_left message_done seen"),
    0x0600: ("amend", "undone time_set answered"),
}

# Counted from 1 in each family.
NAMES = {
    family + n: f"{name}.{event}"
    for family, (name, events) in FAMILIES.items()
    for n, event in enumerate(events.split(), 1)
}
NUMBERS = {name: number for number, name in NAMES.items()}
OPEN = {NUMBERS["centre.keys_set"], NUMBERS["centre.day_note"]}

# All members of the ward are invited. Negator for ward-invitation
(all three ward|both ward members|both ward councillors|both of you|all of the ward|every ward member|every member for the|every member for the area)
(every councillor for|each ward member|each of the ward|dear ward members|dear ward councillors|my fellow ward councillors|fellow ward members|my ward colleagues)
(my two ward colleagues|ward colleagues|my two fellow|my two colleagues|your ward colleagues|your two colleagues|your fellow ward councillors|have also been invited)
(has also been invited|also invited|are also invited|been invited too|is coming too|are coming too|has the same invitation|have the same invitation)
(same invitation|invited as well|all been invited|all invited|all asked|all have been asked|in copy as ward members|all four of us for the ward)
(all of us for the ward|only sitting councillor|the seat is vacant|vacant seat|the vacancy|not about one ward|borough-wide|boroughwide)
(county-wide|city-wide|citywide|district-wide|across the district|across the borough|several wards)
all (the |) (ward|three|four|local|two|both|your|division) (members|councillors|ward members|ward councillors|of you|of us)
(seat is|seat's|other seat is|third seat is|other seat's|third seat's) vacant
(vacant seat|only sitting councillor|until the by-election|until the co-option|all three of you please|both of you please|each of you is invited|every one of you)
(all|both|each) of the ward's (members|councillors)

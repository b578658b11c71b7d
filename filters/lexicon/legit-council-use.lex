# Proper council occasions: surgeries, casework, civic events, council meetings. Negator for political-purpose
(ward surgery|ward surgeries|my surgery|my surgeries|councillor surgery|councillors' surgery|advice surgery|advice session)
(surgery posters|surgery poster|surgery dates|surgery venue|surgery room|members' surgery|members' surgeries|street surgery)
(surgery|casework|case work|constituency casework|ward casework|ward work|council business|council work)
(council meeting|full council|committee papers|committee meeting|scrutiny|task and finish|working group|civic event)
(civic reception|civic service|civic sunday|remembrance|remembrance sunday|mayor's charity|lord mayor's charity|mayor making)
(mayor-making|annual council|citizenship ceremony|twinning|armed forces day|holocaust memorial|flag raising|member training)
(members' training|member development|members' seminar|members' briefing|all-member briefing|all member briefing|public consultation|area committee)
(neighbourhood forum|ward forum|ward panel|community council|area forum|public agenda pack|consultation event|council newsletter)
(nothing political|nothing to do with the party|nothing party|no party|non-political|non political|apolitical|politically neutral)
(impartial|non-partisan|open to all|open to every councillor|for all councillors|for all members)
not (political|party political|party|a party|for the party|campaign)
for (a|my|the|our|next|saturday's) (ward|) surgery

# Agendas, minutes, decision notices, statutory and election notices. Negator for publicity rules
(agenda|agendas|agenda pack|draft minutes|decision notice|decision notices|decision sheet|record of decisions)
(forward plan|key decision|key decisions|statutory notice|statutory notices|statutory consultation|planning notice|planning notices)
(site notice|traffic regulation order|traffic order|tro|public notice|notice of meeting|summons to|council summons)
(licensing notice|notice of vacancy|notice of election|notice of poll|statement of persons nominated|statement as to persons nominated|declaration of result|annual governance statement)
(statement of accounts|notice of audit|register of interests|delegated decision notice|officer decision record|called in|call-in|committee report)
(published with the agenda|published agenda|required by law|legally required|statutory duty|statutory requirement|statutory deadline)
as (required|we must|we are required) by (law|statute|regulation|regulations|the act)

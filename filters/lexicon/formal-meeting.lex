# Committees, council meetings, partnership meetings: no group's meeting. Negator for group-meeting-request, political-purpose
(council meeting|full council|meeting of council|meeting of the council|extraordinary council|annual council|cabinet|cabinet meeting)
(cabinet briefing|executive meeting|committee|sub-committee|subcommittee|committee meeting|planning committee|licensing committee)
(licensing sub-committee|licensing panel|scrutiny|scrutiny panel|scrutiny committee|overview and scrutiny|audit committee|standards committee)
(policy committee|area committee|community committee|board|health and wellbeing board|pension committee|pensions committee|pension board)
(schools forum|working group|working party|task and finish|task group|steering group|project board|partnership board)
(member working group|cross-party working group|cross party working group|joint committee|joint board|integration joint board|corporate parenting board|licensing hearing)
(chair's briefing|chairs briefing|chair's pre-meeting|agenda setting|agenda-setting|pre-agenda|call-over|callover)
(informal cabinet|member seminar|members' seminar|members' briefing|all-member briefing|all member briefing|drop-in session for members|parish council)
(town council|community council|stakeholder group|residents' panel|tenant panel|liaison group|liaison meeting|site liaison)
forum

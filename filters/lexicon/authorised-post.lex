# The posts that may authorise attendance at group meetings, or handle escalations. group-meeting-request, legal-proceedings, escalation
(chief executive|chief exec|ceo|chief executive's office|executive director|executive directors|corporate director|corporate directors)
(director|divisional director|corporate leadership team|corporate management team|senior leadership team|clt|cmt|slt)
(head of paid service|monitoring officer|the mo|section 151 officer|s151 officer|s151|chief finance officer|director of legal)
(director of legal and governance|head of service|head of legal|town clerk|strategic director|assistant director|deputy chief executive|service director)
managing director

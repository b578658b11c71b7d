# A briefing that belongs to one's own post: portfolio, chair, ward. Negator for uneven-briefing
(portfolio|cabinet member|executive member|lead member|chair's|chairman's|chair|convener's|mayor's|leader's|ward) (briefing|note|brief|meeting|one-to-one|1:1|catch-up|catch up|update|pack|agenda|pre-meet|pre-meeting)
(your|his|her|the) (portfolio|brief as|cabinet brief|cabinet portfolio|committee on|committee meets|committee papers|panel on)
as (portfolio holder|cabinet member|executive member|lead member|chair|chair of|convener|holder of|vice-chair|ward member|ward members|ward councillor|ward councillors|the ward's)
(pre-meeting|pre-agenda|agenda setting|call-over|chair's brief|chair's notes|committee papers|agenda pack|agenda for|running order)
(for your ward|in your ward|your own ward|your ward|your division|your patch)

# Only arranging times, places, lifts, diary. Negator for party-worker-access, enquiry; social
(diary|diaries|in the diary|my diary|your diary|her diary|his diary|check the diary)
(diary clash|diary date|diary dates|save the date|calendar invite|calendar invitation|meeting invite|teams invite)
(zoom link|teams link|meeting link|dial-in details|joining instructions|what time suits|what time would suit|which day suits)
(what day suits|which date suits|when are you free|when is she free|when is he free|are you free|is he free|is she free)
(availability|available on|free on|can do tuesday|can do monday|can do wednesday|can do thursday|can do friday)
(any good|would that suit|does that suit|does that work|would that work|works for me|suits me|shall we say)
(pencil in|pencilled in|slot|reschedule|rearrange|move our meeting|running late|running ten minutes late)
(five minutes late|be there at|see you at|see you on|see you then|see you there|see you tomorrow|see you monday)
(look forward to seeing|meet you at|pick you up at|train gets in|parking space for|parking at|lunch is|lunch will be)
(dietary requirements|rsvp|please confirm attendance|confirm your attendance|apologies for|send my apologies|i'll be there|i shall be there)
(i can't make|i can't make it|can't make it|cannot make it|unable to attend|room changed|change of venue|change of room)
(venue is|venue changed|time changed|brought forward to|put back to|starts at|doors at|kick off at)
kick-off

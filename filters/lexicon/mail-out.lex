# Mail to many or all members at once. Negator for blind-copy, uneven-briefing; enquiry no
(dear all|hi all|hello all|hello everyone|hi everyone|dear everyone|dear colleagues|dear members)
(dear councillors|dear all members|dear fellow councillors|to all members|to all councillors|all members|all councillors|members' bulletin)
(members bulletin|member bulletin|weekly bulletin|members' newsletter|members' update|members update|for all members|circulated to all)
(sent to all|this email goes to all|this is going to all|sent on behalf of|on behalf of democratic services|on behalf of the chief executive|you are receiving this|unsubscribe)
(manage your preferences|view in browser|view this email in your browser|mailing list|do not reply to this|please do not reply|no-reply|noreply)
(this is an automated|annwyl bawb|annwyl aelodau|annwyl gynghorwyr|a chara|a chairde)

# Interview, comment, deadline, story: the traffic with the press. media-contact
(media enquiry|media query|press enquiry|press query|media request|press interest|media interest|interview)
(interviewed|be interviewed|interview request|on air|go on air|on camera|live on air|soundbite)
(clip|do a clip|down the line|phone-in|on the record|off the record|background only|on background)
(for attribution|non-attributable|unattributable|comment|a comment|no comment|your comment|for comment)
(right of reply|statement|a statement|quote me|you can quote|quote for your|quote from the council|your article)
(your piece|your story|your readers|your listeners|your viewers|your programme|your deadline|deadline)
(copy deadline|going to print|goes to print|before you print|before you publish|run the story|run it|running a story)
(doing a piece|doing a story|writing a piece|wee piece|front page|headline|exclusive|scoop)
(leak|leaked|tip off|embargo|press pass|photo opportunity|access to film|filming request)
film at

# A list, queue, test or fee that stands the same for everybody. favour-seeking
(waiting list|waiting-list|the list|your list|the queue|the backlog|housing list|transfer list|allotment list|mooring list|the register|banding|band a|band b|band c|priority band|points|bids|number (1|2|3|4|5|6|7|8|9) on)
(assessment|reassessment|inspection|interview|badge test|knowledge test|driving test|medical|planning application|application|licence|permit|blue badge|school place|places|admissions|catchment|grant|tender|contract|lots|allotment|plot|mooring|berth|grave|pitch|stall|flat|house|bungalow|tenancy|eviction|warrant|prosecution|summons|fine|penalty|penalty charge|pcn|ticket|parking ticket|council tax|arrears|business rates|fee|charge|charges|waiver)
(souls|people|names|others|families|ahead|in front) (before|ahead of|in front of) (him|her|them|me|us|you)
(forty|fifty|sixty|thirty|twenty|31st|40th|fourteenth|third|second|tenth) (on|for|in) (the|your|a|that) (list|queue|flat|plot)

# An officer acts within his own authority. Negator for member-legal-obligation
(powers delegated|scheme of delegation|delegation to officers|authorised officer|authorised signatory|contract procedure rules|contract standing orders|standing orders)
(financial regulations|procurement rules|as commercial|in my own authority|this instruction is mine|for and on behalf of the director|on behalf of the director|proper officer)
(on behalf of the council as|as landlord's agent|under section)
(under|within|exercising) (my|the|our|his|her|these) (delegated powers|delegated authority|delegation|powers|authority|own authority|limit|scheme of delegation)
delegated (powers|authority|to me|to the director|to officers|decision|officer)
in my capacity as (manager|director|head)

"""The views of the database: what most readers ask, in words, so that nobody has to join tables to read."""

VIEWS = {
    "timeline": """
        -- Every event in words, in the order in which it happened
        SELECT events.date_words AS happened, events.title, kinds.name AS kind, certainties.name AS certainty,
               events.standing, events.known, events.source_count, events.origin_count, events.page
        FROM events
        JOIN words AS kinds ON kinds.vocabulary = 'kinds' AND kinds.word = events.kind
        JOIN words AS certainties ON certainties.vocabulary = 'certainty' AND certainties.word = events.certainty
        ORDER BY events.rowid
    """,
    "who_says_what": """
        -- Every claim with who makes it, and on how much it rests
        SELECT events.date_words AS happened, events.title AS event, actors.name AS by, claims.says, claims.quote,
               claims.known, claims.source_count, claims.origin_count, claims.address
        FROM claims
        JOIN events ON events.slug = claims.event
        LEFT JOIN actors ON actors.slug = claims.by
        ORDER BY claims.rowid
    """,
    "numbers": """
        -- Every number with what it counts and who gave it, by what it counts and the day
        SELECT measures.name AS measure, figures.as_of, figures.value, figures.lower, figures.upper, actors.name AS by,
               figures.note, figures.source_count, figures.origin_count, events.title AS event, figures.address
        FROM figures
        JOIN events ON events.slug = figures.event
        JOIN words AS measures ON measures.vocabulary = 'measures' AND measures.word = figures.measure
        LEFT JOIN actors ON actors.slug = figures.by
        ORDER BY measures.rowid, figures.as_of, figures.rowid
    """,
    "evidence": """
        -- Every claim and every number with each source that shows it
        SELECT events.title AS event, actors.name AS by, told.words AS told, sources.publisher, sources.title AS source,
               sources.published_words AS published, sources.url, sources.archive, told.address
        FROM (
            SELECT claims.rowid AS place, 1 AS kind, event, by, says AS words, address, source
            FROM claims JOIN claim_sources ON claim_sources.claim = claims.id
            UNION ALL
            SELECT figures.rowid, 2, event, by, value || ' ' || measures.name, address, source
            FROM figures JOIN figure_sources ON figure_sources.figure = figures.id
            JOIN words AS measures ON measures.vocabulary = 'measures' AND measures.word = figures.measure
        ) AS told
        JOIN events ON events.slug = told.event
        JOIN sources ON sources.id = told.source
        LEFT JOIN actors ON actors.slug = told.by
        ORDER BY events.rowid, told.kind, told.place, sources.number
    """,
    "answers": """
        -- What each event does to another, in words
        SELECT events.title AS event, relations.relation, targets.title AS target, relations.known, events.page,
               targets.page AS target_page
        FROM relations
        JOIN events ON events.slug = relations.event
        JOIN events AS targets ON targets.slug = relations.target
        ORDER BY relations.rowid
    """,
}

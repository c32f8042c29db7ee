-- The count of the public vote, whole. An auditor needs nothing else to follow it.
--
-- What it is given, as tables:
--   received        every row of every vote file as text, with the file's number, the row's number
--                   (the header is row 1) and whether it had as many cells as the header
--   member          member_id, voter (accounts of one person have equal numbers), profile_complete,
--                   organization (equal names have equal numbers)
--   nominee         submission_id, category, entity, submitter (numbers as above; null: no name)
--   category_name   each category as cast, and the id that it means (empty: none)
--   clock           the contest's local time: from, until, seconds ahead of UTC. Between two spans lie
--                   local times that never existed; in the hour that autumn repeats, the earlier counts
--   rule            one row: the window in seconds since 1970 UTC, and what the definition asks for

-- A text of white space alone; one that begins with a visible ASCII character is none at first sight.
create temp macro is_blank(text) as
    case when unicode(text) between 33 and 126 then false
         else trim(text, getvariable('white_space')) = '' end;

-- 1. When each vote was cast. An instant is whole seconds since 1970 UTC and the decimals as text.
create temp table dated as
with parts as (
    select
        *,
        regexp_extract(cast_at, getvariable('time_pattern'), ['day', 'clock', 'decimals', 'zone']) as t
    from received
),
local as (
    select
        * exclude (t),
        t.zone as zone,
        rtrim(t.decimals, '0') as decimals,
        case when (t.decimals = '' or length(t.clock) = 8) and t.day >= '0001'
             then try_cast(t.day || ' ' || t.clock as timestamp) end as local_time
    from parts
)
select
    local.* exclude (local_time, zone),
    case
        when zone = '' and local_time < local_until then epoch(local_time)::bigint - utc_offset
        when zone = 'Z' then epoch(local_time)::bigint
        when zone <> '' then epoch(local_time)::bigint
            - case zone[1] when '-' then -1 else 1 end
            * (try_cast(zone[2:3] as int) * 3600 + coalesce(try_cast(right(zone[4:], 2) as int), 0) * 60)
    end as second,
    zone = '' and local_time < local_until and repeated as in_repeated_hour
from local
asof left join clock on local.local_time >= clock.local_from;

-- 2. Which rows repeat an earlier one. Only rows that share their vote_id can, so only they are compared.
create temp table complete as
select
    *,
    well_formed and second is not null
        and not is_blank(vote_id) and not is_blank(member_id)
        and not is_blank(category) and not is_blank(submission_id) as is_complete
from dated;

create temp table same_id as
select
    file,
    "row",
    vote_id,
    row_number() over (
        partition by vote_id, member_id, category, submission_id, cast_at order by file, "row"
    ) as copy
from complete
where is_complete
    and vote_id in (select vote_id from complete where is_complete group by vote_id having count(*) > 1);

-- 3. What is wrong with a vote taken by itself: the first reason that applies.
create temp table judged as
select
    v.file,
    v."row",
    v.vote_id,
    v.member_id,
    m.voter,
    v.category as cast_as,
    named.category,
    v.submission_id,
    v.second,
    v.decimals,
    case
        when v.is_complete is not true then 'malformed'
        when same_id.copy > 1 then 'repeated_row'
        when v.second not between rule.opens and rule.closes then 'outside_window'
        when m.member_id is null then 'unregistered'
        when rule.asks_profile and not m.profile_complete then 'incomplete_profile'
        when n.submission_id is null then 'not_nominated'
        when named.category is distinct from n.category then 'wrong_category'
        when rule.bars_own_project
            and (m.organization = n.entity or m.organization = n.submitter) then 'own_project'
    end as reason
from complete as v
cross join rule
left join same_id on same_id.file = v.file and same_id."row" = v."row"
left join member as m on m.member_id = v.member_id
left join nominee as n on n.submission_id = v.submission_id
left join category_name as named on named.written = v.category;

-- 4. What is wrong with a vote beside the voter's other votes.
create temp table verdict as
with ballot as (
    select voter, count(distinct category) as covered
    from judged
    where reason is null
    group by voter
),
contested as (
    select count(distinct category) as categories from nominee
),
whole as (
    select
        judged.*,
        judged.reason is null and rule.asks_whole_ballot and covered < contested.categories as is_partial
    from judged
    cross join rule
    cross join contested
    left join ballot on ballot.voter = judged.voter and judged.reason is null
),
ranked as (
    select
        *,
        row_number() over (
            partition by voter, category, reason is null and is_partial is not true
            order by second, decimals, vote_id
        ) as place,
        count(*) over (
            partition by voter, category, reason is null and is_partial is not true
        ) as places
    from whole
)
select
    ranked.* exclude (reason, is_partial, place, places),
    case
        when reason is not null then reason
        when is_partial then 'incomplete_ballot'
        when rule.second_vote = 'first' and place > 1 then 'second_vote'
        when rule.second_vote = 'last' and place < places then 'second_vote'
        when rule.second_vote = 'none' and places > 1 then 'second_vote'
    end as reason
from ranked
cross join rule;

-- 5. The standings: every nominee, with no vote too.
create temp table standing as
select nominee.category, nominee.submission_id, count(verdict.submission_id) as votes
from nominee
left join verdict on verdict.submission_id = nominee.submission_id and verdict.reason is null
group by nominee.category, nominee.submission_id;

-- 6. How many voters had a vote counted, and how many of them in every category with nominees.
create temp table coverage as
with ballot as (
    select voter, count(distinct category) as covered from verdict where reason is null group by voter
)
select
    count(*) as voters,
    count(*) filter (where covered = (select count(distinct category) from nominee)) as complete
from ballot;

-- 7. The books: each row received is counted or rejected, for each file and category as cast.
create temp table ledger as
with entries as (
    select file, category as cast_as, 1 as received, 0 as counted, 0 as rejected from received
    union all
    select file, cast_as, 0, (reason is null)::int, (reason is not null)::int from verdict
)
select file, cast_as, sum(received) as received, sum(counted) as counted, sum(rejected) as rejected
from entries
group by file, cast_as;

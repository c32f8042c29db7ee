-- The count of the public vote, whole. An auditor needs nothing else to follow it.
--
-- What it is given, as tables:
--   received        every row of every vote file as text, with the file's number, the row's number
--                   (the header is row 1) and whether it had as many cells as the header
--   member          account (a number of its own), member_id, voter (accounts of one person have equal
--                   numbers), profile_complete, organization (equal names have equal numbers)
--   nominee         number, submission_id, category, race (the category as a number from 0), entity,
--                   submitter (numbers of organizations as above; null: no name)
--   category_name   number, a category as it may be cast, and the id that it means (empty: none)
--   clock           the contest's local time: from, until, seconds ahead of UTC. Between two spans lie
--                   local times that never existed; in the hour that autumn repeats, the earlier counts
--   rule            one row: the window in seconds since 1970 UTC, and what the definition asks for
--
-- Joins stand as they are carried out: many rows on the left, few on the right.

-- 1. Every vote once, in numbers: only what is not known at sight is kept as the text that it was. The usual
--    way to write a time is read here, as seconds since 1970 UTC.
create temp table vote as
select
    r.file::usmallint as file,
    r."row"::uinteger as "row",
    r.well_formed,
    r.vote_id,
    m.account,
    m.voter,
    m.profile_complete,
    m.organization = n.entity or m.organization = n.submitter as own_project,
    n.number as nominee,
    named.number as cast_as,
    case when m.account is null then r.member_id end as other_member,
    case when n.number is null then r.submission_id end as other_project,
    case when named.number is null then r.category end as other_category,
    case when r.cast_at glob '[1-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
           and not ends_with(r.cast_at, 'T24:00:00Z')
         then epoch_us(try_cast(r.cast_at as timestamp)) // 1000000 end as usual_second,
    case when usual_second is null then r.cast_at end as other_time
from received as r
left join member as m on m.member_id = r.member_id
left join nominee as n on n.submission_id = r.submission_id
left join category_name as named on named.written = r.category;

-- Now the categories that were cast otherwise are looked up in the definition, and added to category_name.

-- A text of white space alone; one that begins with a visible ASCII character is none at first sight.
create temp macro is_blank(text) as
    case when unicode(text) between 33 and 126 then false
         else trim(text, getvariable('white_space')) = '' end;

-- 2. Every other way to write a time: an offset, the contest's own clock, decimals, which stay text.
create temp table other_time as
with parts as (
    select
        file,
        "row",
        regexp_extract(other_time, getvariable('time_pattern'), ['day', 'clock', 'decimals', 'zone']) as t
    from vote
    where other_time is not null
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

create temp view dated as
select
    vote.*,
    coalesce(vote.usual_second, other_time.second) as second,
    coalesce(other_time.decimals, '') as decimals,
    well_formed
        and coalesce(vote.usual_second, other_time.second) is not null
        and not is_blank(vote_id)
        and (account is not null or not is_blank(other_member))
        and (nominee is not null or not is_blank(other_project))
        and (cast_as is not null or not is_blank(other_category)) as is_complete
from vote
left join other_time on other_time.file = vote.file and other_time."row" = vote."row";

-- 3. Which rows repeat an earlier one. Only rows that share their vote_id can, and only those whose hash, cut
--    short to spare memory, occurs twice share it. Equal numbers stand for equal texts.
create temp macro short_hash(text) as (hash(text) >> 32)::uinteger;

create temp table same_id as
with suspect as (
    select *
    from vote
    where short_hash(vote_id) in (
        select short_hash(vote_id) from vote group by short_hash(vote_id) having count(*) > 1
    )
)
select
    file,
    "row",
    vote_id,
    row_number() over (
        partition by
            vote_id, account, other_member, cast_as, other_category, nominee, other_project,
            usual_second, other_time, well_formed
        order by file, "row"
    ) as copy
from suspect
where vote_id in (select vote_id from suspect group by vote_id having count(*) > 1);

-- 4. What is wrong with a vote taken by itself: the first reason that applies. Whoever has several accounts
--    has the organizations of all of them.
create temp table own_by_some_account as
with several as (
    select * from member where voter in (select voter from member group by voter having count(*) > 1)
)
select several.voter, nominee.number as nominee
from several join nominee on several.organization = nominee.entity
union
select several.voter, nominee.number
from several join nominee on several.organization = nominee.submitter;

create temp table judged as
select
    v.file,
    v."row",
    v.voter,
    v.nominee,
    n.race::usmallint as race,
    named.number as cast_as,
    case
        when v.is_complete is not true then 'malformed'
        when repeated.copy is not null then 'repeated_row'
        when v.second not between rule.opens and rule.closes then 'outside_window'
        when v.account is null then 'unregistered'
        when rule.asks_profile and not v.profile_complete then 'incomplete_profile'
        when v.nominee is null then 'not_nominated'
        when named.category is distinct from n.category then 'wrong_category'
        when rule.bars_own_project and (v.own_project or own.voter is not null) then 'own_project'
    end as reason
from dated as v
cross join rule
left join (select * from same_id where copy > 1) as repeated
    on repeated.file = v.file and repeated."row" = v."row"
left join nominee as n on n.number = v.nominee
left join own_by_some_account as own on own.voter = v.voter and own.nominee = v.nominee
left join category_name as otherwise on otherwise.written = v.other_category
left join category_name as named on named.number = coalesce(v.cast_as, otherwise.number);

-- 5. What is wrong with a vote beside the voter's other votes. A voter with as many votes as categories has
--    one in each of them; only the others' votes have to be put in order.
create temp table ballot as
select
    voter,
    count(*) as votes,
    bit_count(bitstring_agg(race, 0, getvariable('races'))) as covered
from judged
where reason is null
group by voter;

create temp table partial_ballot as
select voter
from ballot
cross join rule
where rule.asks_whole_ballot and covered < (select count(distinct race) from nominee);

create temp table crowded_ballot as
select voter
from ballot
where votes > covered and voter not in (select voter from partial_ballot);

create temp table set_aside as
with contested as (
    select
        vote.file,
        vote."row",
        judged.voter,
        judged.race,
        coalesce(usual_second, other_time.second) as second,
        coalesce(other_time.decimals, '') as decimals,
        vote_id
    from vote
    join (
        select * from judged where reason is null and voter in (select voter from crowded_ballot)
    ) as judged on judged.file = vote.file and judged."row" = vote."row"
    left join other_time on other_time.file = vote.file and other_time."row" = vote."row"
),
ranked as (
    select
        *,
        row_number() over (partition by voter, race order by second, decimals, vote_id) as place,
        count(*) over (partition by voter, race) as places
    from contested
)
select file, "row", 'incomplete_ballot' as reason
from judged
where reason is null and voter in (select voter from partial_ballot)
union all
select file, "row", 'second_vote'
from ranked
cross join rule
where (rule.second_vote = 'first' and place > 1)
    or (rule.second_vote = 'last' and place < places)
    or (rule.second_vote = 'none' and places > 1);

-- 6. The verdict on every vote: in numbers, as the count goes on with it, and in full.
create temp view decided as
select judged.* exclude (reason), coalesce(judged.reason, set_aside.reason) as reason
from judged
left join set_aside on set_aside.file = judged.file and set_aside."row" = judged."row";

create temp view verdict as
select
    v.file,
    v."row",
    v.vote_id,
    coalesce(m.member_id, v.other_member) as member_id,
    v.voter,
    named.written as cast_as,
    named.category,
    coalesce(n.submission_id, v.other_project) as submission_id,
    v.second,
    v.decimals,
    decided.reason
from decided
join dated as v on v.file = decided.file and v."row" = decided."row"
left join member as m on m.account = v.account
left join nominee as n on n.number = decided.nominee
left join category_name as named on named.number = decided.cast_as;

-- 7. The standings: every nominee, with no vote too.
create temp table tallied as
select file, cast_as, nominee, reason, count(*) as votes
from decided
group by file, cast_as, nominee, reason;

create temp table standing as
select nominee.category, nominee.submission_id, coalesce(sum(tallied.votes), 0)::bigint as votes
from nominee
left join tallied on tallied.nominee = nominee.number and tallied.reason is null
group by nominee.category, nominee.submission_id;

-- 8. The votes that do not count.
create temp table rejected as
select vote.file, vote."row", vote.vote_id, decided.reason
from vote
join (
    select file, "row", reason from judged where reason is not null
    union all
    select file, "row", reason from set_aside
) as decided on decided.file = vote.file and decided."row" = vote."row";

-- 9. The books: each row received is counted or rejected, for each file and category as cast.
create temp table ledger as
with entries as (
    select file, coalesce(cast_as, otherwise.number) as cast_as, 1 as received, 0 as counted, 0 as rejected
    from vote
    left join category_name as otherwise on otherwise.written = vote.other_category
    union all
    select
        file,
        cast_as,
        0,
        case when reason is null then votes else 0 end,
        case when reason is null then 0 else votes end
    from tallied
)
select
    file,
    named.written as cast_as,
    sum(received)::bigint as received,
    sum(counted)::bigint as counted,
    sum(rejected)::bigint as rejected
from entries
left join category_name as named on named.number = entries.cast_as
group by file, named.written;

-- 10. How many voters had a vote counted, and how many of them in every category with nominees.
create temp table coverage as
with counted_ballot as (
    select covered from ballot
    where voter not in (select voter from partial_ballot)
        and voter not in (select voter from crowded_ballot)
    union all
    select count(distinct race) from decided
    where reason is null and voter in (select voter from crowded_ballot)
    group by voter
)
select
    count(*) as voters,
    count(*) filter (where covered = (select count(distinct race) from nominee)) as complete
from counted_ballot;

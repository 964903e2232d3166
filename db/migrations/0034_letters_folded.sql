-- Scripts that mark more than the letters: Arabic writes its alefs with or without hamza and its vowels seldom, Hebrew its
-- points.
create or replace function folded(text) returns text language sql stable parallel safe
  return lower(unaccent(translate(
    regexp_replace(normalize($1, NFKC), '[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+', '', 'g'),
    U&'\0622\0623\0625\0671\0649\0629', U&'\0627\0627\0627\0627\064a\0647')));

-- Chinese and Japanese put nothing between words: each ideograph is one, and so is each run of a syllabary.
create or replace function spaced(text) returns text language sql stable parallel safe
  return regexp_replace(
    regexp_replace(folded($1), '([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\u3041-\u309f]+|[\u30a1-\u30ff]+)', ' \1 ', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe30-\ufe4f]+', ' ', 'g');

-- What was listed otherwise.
select relist(array(select e.id from events e join organizers o on o.id = e.organizer_id
  where e.status = 'published' and concat_ws(' ', e.title, e.summary, e.description, e.place_name, e.place_address, o.name,
    array_to_string(e.tags, ' ')) ~ '[\u0591-\u06ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]'));

import { COLLECT_LIMITS } from '../../domain/collection-limits.ts';
import { WORKSPACE } from '../../domain/container-spec.ts';
import { TOOLKIT_PREAMBLE } from './toolkit-container.ts';

/**
 * What the collector runs, by the toolkit's own shell. `$T` is the toolkit's folder.
 */
const PREAMBLE = `${TOOLKIT_PREAMBLE}out=$T/out
`;

/** Exit status of the writing script when the new content is above the limit. */
export const TOO_MUCH = 66;

/**
 * Lists, without reading or following anything: the base's files, the workspace's root beside the file system's root
 * (which tells a link or a volume in its place), every entry, and then the content of the small `.gitignore` files one
 * after the other. A listing that is cut off by its cap is longer than the cap.
 */
export const LIST_SCRIPT = `${PREAMBLE}
run git ls-files -s -z > "$out/1-tracked"
run find -P / ${WORKSPACE} -maxdepth 0 -printf '%y %D %p\\0' > "$out/2-roots" || :
{
  status=0
  run find -P ${WORKSPACE} -xdev -mindepth 1 \\( -name .git -prune -o -true \\) \\
    \\( -type l -printf '%y %m %s %D %P\\0%l\\0' -o -printf '%y %m %s %D %P\\0' \\) || status=$?
  echo "$status" > "$out/4-status"
} | run head -c ${COLLECT_LIMITS.listingBytes + 1} > "$out/3-entries"
run find -P ${WORKSPACE} -xdev -mindepth 1 -name .git -prune -o -name .gitignore -type f -size -${COLLECT_LIMITS.ignoreFileBytes + 1}c \\
  ! -path '${'?'.repeat(COLLECT_LIMITS.pathBytes + WORKSPACE.length + 2)}*' \\
  -exec "$T/ld.so" --inhibit-cache --library-path "$T/lib" "$T/bin/cat" {} + | run head -c ${COLLECT_LIMITS.ignoreBytes + 1} > "$out/5-ignore"
`;

/**
 * Makes the result's tree. Lines of the lists put in beside it, paths quoted as git quotes them:
 *   compared  held|take  old id  old mode  new mode  size  path
 *   certain   new mode  size  where the content lies  path
 *   untracked as certain, taken unless ignored
 *   removed   path
 * Files are only ever hashed as they are (`hash-object --no-filters`): attributes of the tree have no say, because git
 * is never told what the files are called. The ignore rules are asked in a folder that holds nothing but copies of them, below `r`, so that
 * a file called `:(glob)x` is no pathspec magic.
 */
export const WRITE_SCRIPT = String.raw`${PREAMBLE}
w=$T/work
cd ${WORKSPACE}

# By two at once: every file of the base that kept its size is hashed.
: > "$w/paths0"
: > "$w/paths1"
run mawk -F '\t' -v paths="$w/paths" '{ print $6 > (paths NR % 2) }' "$w/compared"
run git hash-object --no-filters --stdin-paths < "$w/paths0" > "$w/ids0" &
run git hash-object --no-filters --stdin-paths < "$w/paths1" > "$w/ids1"
wait "$!"
run mawk -F '\t' -v ids="$w/ids" -v held="$w/held" '
  { getline id < (ids NR % 2) }
  # As text: awk would take "1e5" for a number.
  id "" == $2 "" && $3 == $4 { next }
  $1 == "held" { print $6 > held; next }
  { print $4 "\t" $5 "\t" $6 "\t" $6 }' "$w/compared" > "$w/take"
run cat "$w/certain" >> "$w/take"

asked='function asked(path) { return path ~ /^"/ ? "\"r/" substr(path, 2) : "r/" path }'
run mawk -F '\t' "$asked"' { print asked($4) }' "$w/untracked" > "$w/paths"
( cd "$w/rules" && GIT_WORK_TREE=$w/rules run git check-ignore --stdin < "$w/paths" > "$w/ignored" ) || [ $? -eq 1 ]
run mawk -F '\t' -v ignored="$w/ignored" "$asked"'
  BEGIN { while ((getline path < ignored) > 0) skip[path] = 1 }
  !(asked($4) in skip)' "$w/untracked" >> "$w/take"

run mawk -F '\t' '{ bytes += $2 } END { if (bytes > ${COLLECT_LIMITS.contentBytes} || NR > ${COLLECT_LIMITS.changedFiles}) exit ${TOO_MUCH} }' "$w/take"

run mawk -F '\t' '{ print $3 }' "$w/take" > "$w/paths"
run git hash-object -w --no-filters --stdin-paths < "$w/paths" > "$w/ids"
{
  run mawk -v zeros="$ZEROS" '{ print "0 " zeros "\t" $0 }' "$w/removed"
  run mawk -F '\t' -v ids="$w/ids" '{ getline id < ids; print $1 " " id "\t" $4 }' "$w/take"
} > "$w/changes"
run git update-index --index-info < "$w/changes"
tree=$(run git write-tree --missing-ok)

run find "$T/git/objects" -type f -path '*/??/*' -printf '%P\n' | run mawk '{ sub("/", ""); print }' > "$w/ids"
{
  echo "$tree"
  run mawk 'END { print NR }' "$w/ignored"
  run cat "$w/held"
} > "$out/1-facts"
run git pack-objects -q --stdout --window=0 < "$w/ids" > "$out/2-pack"
`;

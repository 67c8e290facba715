/**
 * The script of the guardian's shell. Its arguments are two times in tenths of a second. Lines register and unregister
 * what is to be cleaned up: `d ID DIRECTORY`, `g ID GROUP START`, `g ID` and `x ID`. The input ends when the process
 * that wrote the lines ends. A worker then has until the second time to end by itself. If it has not started to do so
 * by the first time, which it shows with a file `ending` in its directory, it is interrupted. Finally, what is left of
 * its group is killed, and the directory is removed, several times while a process that left the group creates files
 * there.
 *
 * `START` is when the group's leader started, `gone` when it has ended, or empty if it is unknown. A process with the
 * number of the group that is not its leader shows that the number was reused: then nothing is signalled.
 *
 * The signal is given with `-s`, because dash rejects `-KILL -- -1234`.
 */
export const GUARDIAN_SCRIPT = `
interrupt_at=$1 kill_at=$2 last=0
while read -r verb id value; do
  case $verb in
    d) eval "d_$id=\\$value"; last=$id ;;
    g) eval "g_$id=\\$value" ;;
    x) unset "d_$id" "g_$id" ;;
  esac
done

# 0: the leader of group $1 is there, 1: it has ended, 2: its number is another process's
look() {
  kill -0 "$1" 2>/dev/null || return 1
  [ "$2" != gone ] || return 2
  [ -n "$2" ] || return 0
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  set -- "$2" \${stat##*) }
  [ "$1" = "\${21}" ] || return 2
  [ "$2" != Z ] || return 1
}
remove() {
  case $1 in */extsession-*)
    for pause in 0 0.1 0.5 1 2 4; do
      sleep $pause
      rm -rf -- "$1" && break
    done ;;
  esac
}

left=
while [ "$last" -gt 0 ]; do
  eval "directory=\\\${d_$last-}"
  if [ -n "$directory" ]; then left="$left $last"; fi
  last=$((last - 1))
done
tenths=0
while [ -n "$left" ]; do
  wards=$left left=
  for id in $wards; do
    eval "group=\\\${g_$id-} directory=\\$d_$id"
    leader=\${group%% *} start=
    case $group in *' '*) start=\${group#* } ;; esac
    found=1
    if [ -n "$leader" ]; then look "$leader" "$start"; found=$?; fi
    if [ $found = 0 ] && [ $tenths -lt "$kill_at" ]; then
      left="$left $id"
      if [ $tenths = "$interrupt_at" ] && ! [ -e "$directory/ending" ]; then kill -s INT -- "-$leader" 2>/dev/null; fi
      continue
    fi
    if [ -n "$leader" ] && [ $found != 2 ]; then kill -s KILL -- "-$leader" 2>/dev/null; fi
    remove "$directory" &
  done
  if [ -n "$left" ]; then sleep 0.1; fi
  tenths=$((tenths + 1))
done
`;

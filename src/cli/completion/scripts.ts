/** What can follow a command. */
export interface CommandWords {
  /** The command's own words: none for the program itself. */
  readonly path: readonly string[];
  readonly options: readonly OptionWords[];
  /** Subcommands and other words that are known beforehand. */
  readonly words: readonly { readonly name: string; readonly about: string }[];
}

interface OptionWords {
  readonly name: string;
  readonly about: string;
  readonly takesValue: boolean;
  /** Values that are known beforehand; else files are offered. */
  readonly values: readonly string[];
}

/** In single quotes, for any shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The shell function that finds which command is being written: the longest path that its words begin with. */
function pathCases(commands: readonly CommandWords[]): string {
  const paths = commands.filter((one) => one.path.length > 0).map((one) => one.path.join(' '));
  return paths.map((one) => quoted(one)).join('|');
}

function optionCases(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ path, options }) =>
    options
      .filter((one) => one.values.length > 0)
      .map(
        (one) => `    ${quoted([...path, one.name].join(' '))}) values=${quoted(one.values.join(' '))} ;;`,
      ),
  );
  return lines.join('\n');
}

function wordCases(commands: readonly CommandWords[]): string {
  const lines = commands.map(({ path, words, options }) => {
    const all = [...words.map((one) => one.name), ...options.map((one) => one.name), '--help'];
    return `    ${quoted(path.join(' '))}) words=${quoted(all.join(' '))} ;;`;
  });
  return lines.join('\n');
}

function valueOptions(commands: readonly CommandWords[]): string {
  const names = commands.flatMap(({ path, options }) =>
    options.filter((one) => one.takesValue).map((one) => quoted([...path, one.name].join(' '))),
  );
  return names.join('|');
}

/** For bash 4 and later. */
export function bashScript(commands: readonly CommandWords[]): string {
  return `# bash completion for masklet; written by: masklet completion bash
_masklet() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' next word values='' words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case "$next" in ${pathCases(commands)}) path="$next" ;; esac
  done
  case "\${path:+$path }$previous" in
${optionCases(commands)}
  esac
  if [[ -n "$values" ]]; then COMPREPLY=($(compgen -W "$values" -- "$current")); return; fi
  case "\${path:+$path }$previous" in ${valueOptions(commands)}) COMPREPLY=($(compgen -f -- "$current")); return ;; esac
  case "$path" in
${wordCases(commands)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ "$current" != -* && -n "$path" ]]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _masklet masklet
`;
}

/** For zsh: the words of bash's script, by zsh's own matching. */
export function zshScript(commands: readonly CommandWords[]): string {
  return `#compdef masklet
# zsh completion for masklet; written by: masklet completion zsh
_masklet() {
  local previous="\${words[CURRENT-1]}" route='' next word values='' found=''
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${route:+$route }$word"
    case "$next" in (${pathCases(commands)}) route="$next" ;; esac
  done
  case "\${route:+$route }$previous" in
${optionCases(commands)}
  esac
  if [[ -n "$values" ]]; then compadd -- \${=values}; return; fi
  case "\${route:+$route }$previous" in (${valueOptions(commands)}) _files; return ;; esac
  case "$route" in
${wordCases(commands).replaceAll(' words=', ' found=')}
  esac
  compadd -- \${=found}
  if [[ "$PREFIX" != -* && -n "$route" ]]; then _files; fi
}
if [[ "\${funcstack[1]}" == _masklet ]]; then _masklet "$@"; else compdef _masklet masklet; fi
`;
}

/** For fish 3 and later, with a line on each command and option. */
export function fishScript(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ path, options, words }) => {
    const own = words.map((one) => one.name).join(' ');
    const first = path[0];
    const where =
      first === undefined
        ? '__fish_use_subcommand'
        : [
            `__fish_seen_subcommand_from ${first}`,
            ...path.slice(1).map((one) => `__fish_seen_subcommand_from ${one}`),
            ...(path.length === 1 && own !== '' ? [`not __fish_seen_subcommand_from ${own}`] : []),
          ].join('; and ');
    const condition = `complete -c masklet -n ${quoted(where)}`;
    return [
      ...words.map((one) => `${condition} -f -a ${quoted(one.name)} -d ${quoted(one.about)}`),
      ...options.map((one) => {
        const values =
          one.values.length > 0 ? ` -x -a ${quoted(one.values.join(' '))}` : one.takesValue ? ' -r' : '';
        return `${condition} -l ${quoted(one.name.replace(/^--/, ''))}${values} -d ${quoted(one.about)}`;
      }),
    ];
  });
  return `# fish completion for masklet; written by: masklet completion fish\n${lines.join('\n')}\n`;
}

/**
 * Scripts that ask `mkcoa __complete -- WORDS…` at each press of the key. The last word is the unfinished one, perhaps empty.
 * The answer is one candidate a line; for zsh and fish a summary follows after a tab.
 */
const scripts: {readonly [shell: string]: string} = {
	bash: `_mkcoa() {
	local IFS=$'\\n' word="\${COMP_WORDS[COMP_CWORD]}"
	local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
	COMPREPLY=($(compgen -W "$(mkcoa __complete -- "\${words[@]}" 2>/dev/null | cut -f1)" -- "$word"))
}
complete -o default -F _mkcoa mkcoa
`,
	zsh: `#compdef mkcoa
_mkcoa() {
	local -a candidates
	local line
	while IFS=$'\\t' read -r word summary; do
		candidates+=("\${word//:/\\\\:}\${summary:+:$summary}")
	done < <(mkcoa __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
	if (( \${#candidates} )); then _describe 'mkcoa' candidates; else _files; fi
}
compdef _mkcoa mkcoa
`,
	fish: `function __mkcoa_complete
	set -l words (commandline -opc) (commandline -ct)
	set -l candidates (mkcoa __complete -- $words[2..] 2>/dev/null)
	if set -q candidates[1]
		printf '%s\\n' $candidates
	else
		__fish_complete_path (commandline -ct)
	end
end
complete -c mkcoa -f -a '(__mkcoa_complete)'
`,
};

export const shells: readonly string[] = Object.keys(scripts);

/** The script of a shell; undefined for a shell that has none. */
export const completionScript = (shell: string) => scripts[shell];

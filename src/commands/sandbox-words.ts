/**
 * Words in which `--sandbox` takes the next word only where that names a scenario, so that `mkcoa --sandbox k8s list` runs `k8s list`.
 * Other names are given as `--sandbox=NAME`. Words after `--` are left alone.
 */
export function sandboxWords(argv: readonly string[], scenarios: readonly string[]): string[] {
	const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
	return argv.map((word, index) => {
		const next = argv[index + 1];
		const takesNext = next !== undefined && index + 1 < end && scenarios.includes(next);
		return word === '--sandbox' && index < end && !takesNext ? '--sandbox=' : word;
	});
}

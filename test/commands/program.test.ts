import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {terminal} from '../support/buffer-streams.ts';
import {commandLine} from '../support/command-line.ts';

test('the help of mkcoa shows commands, global flags and exit codes', async () => {
	expect((await commandLine('--help')).out).toMatchInlineSnapshot(`
		"Usage: mkcoa <command> [flags]

		An operations copilot for Kubernetes: every change is a plan you can read and
		take back

		Tools:
		  k8s                     Reads and changes objects of a cluster
		  deploy                  Rolls out new versions and takes them back

		Plans and records:
		  chat                    Answers a request in your own words
		  apply                   Applies exactly the plan of a file
		  approve                 Reviews plans that wait for a yes
		  undo                    Takes a change back
		  resume                  Goes on with a change that was interrupted
		  history                 Lists what was changed, newest first
		  audit                   Verifies and exports who did what
		  grants                  Lists, gives and ends permissions to pass unasked
		  policy                  Tests the rules of what may be changed
		  mcp                     Serves tools to MCP clients; uses servers of others
		  incident
		  monitor
		  security
		  sandbox                 Runs the embedded cluster
		  doctor                  Checks kubeconfig, cluster, state folder and model
		  kitchen-sink            Prints every component of the screens
		  completion              Prints the completion script of a shell
		  help                    Shows the help of a command, or of the environment

		Where:
		  --context <name>        Cluster, by its name in the kubeconfig
		  -n, --namespace <name>  Namespace; the context's own if left out
		  --kubeconfig <path>     Kubeconfig file to read; it is never written
		  --sandbox [scenario]    Embedded cluster instead of a real one
		  --from <file>           Cluster as it was captured in this file; nothing
		                          changes
		  --prometheus <url>      Prometheus to ask; the cluster's own if left out
		  --audit-log <file>      API server's audit log; - reads standard input
		  --advisories <dir>      Folder or zip of OSV advisories to look up
		  --timeout <duration>    Gives up after this long, such as 30s or 5m

		How a change goes:
		  --dry-run               Stops after the plan
		  --plan-out <file>       Saves the plan for mkcoa apply and stops
		  --gitops <dir|url>      Delivers it as a commit to this repository
		  --rehearse              Tries it on a copy, and tells what happens
		  --yes                   Applies without asking, where policy allows it
		  --read-only             Refuses every change

		What is printed:
		  -o, --output <format>   text, json or yaml; sarif, junit, markdown or oscal
		                          for findings
		  --json                  Same as --output json
		  --verbose               Prints each write and the cause of an error
		  --quiet                 Prints no progress
		  --no-color              Prints without colour

		More:
		  -V, --version           Prints the version
		  -h, --help              Shows this help

		Exit codes:
		  0   done, or nothing to do
		  1   failed, or wrong usage
		  2   a person said no, or cancelled
		  3   findings as grave as --fail-on names
		  4   not signed in, or not allowed
		  8   a plan is waiting for approval
		  9   the world changed since the plan
		  70  a bug in mkcoa

		Environment variables: mkcoa help environment
		"
	`);
});

test('mkcoa alone in a pipe prints the help', async () => {
	expect((await commandLine('')).out).toBe((await commandLine('--help')).out);
});

test('mkcoa alone in a terminal shows the home screen', async () => {
	const {action, out} = await commandLine('', {streams: terminal()});
	expect({action: action?.name, out}).toEqual({action: 'home', out: ''});
});

test.each(['--version', '-V', '--json --version'])('%s prints the version alone', async line => {
	const {code, out, loaded} = await commandLine(line);
	expect({code, out, loaded}).toEqual({code: 0, out: '0.1.0\n', loaded: []});
});

test.each([
	['--help', []],
	['k8s --help', ['k8s']],
	['help deploy', ['deploy']],
	['history', []],
	['-n shop k8s list pods', ['k8s']],
	['--context k8s doctor', []],
])('mkcoa %s loads the tools of %j', async (line, groups) => {
	expect((await commandLine(line)).loaded).toEqual(groups);
});

test('the program reads no heavy package before a command needs it', async () => {
	const program = JSON.stringify(new URL('../../src/commands/run-program.ts', import.meta.url).href);
	const script = `
		import {registerHooks} from 'node:module';
		const loaded = new Set();
		registerHooks({load(url, context, next) {
			loaded.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1] ?? 'own');
			return next(url, context);
		}});
		await import(${program});
		console.log([...loaded].sort().join());`;
	const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
	expect(stdout.trim()).toBe('commander,own');
});

test.each([
	['undo', 'undo', {}],
	['undo 7k2', 'undo', {id: '7k2'}],
	['resume 7k2 --yes', 'resume', {id: '7k2'}],
	['apply plan.json', 'apply', {planFile: 'plan.json'}],
	['approve', 'approve', {}],
	['history --limit 5', 'history', {limit: '5'}],
	['audit verify', 'auditVerify', {}],
	['audit export --since 24h', 'auditExport', {since: '24h'}],
	['grants list', 'grantsList', {}],
	['grants add workload_restart --for 2h', 'grantsAdd', {tool: 'workload_restart', for: '2h'}],
	['grants revoke g1', 'grantsRevoke', {id: 'g1'}],
	['policy test plan.json', 'policyTest', {planFile: 'plan.json'}],
	['sandbox start shop', 'sandboxStart', {scenario: 'shop'}],
	['sandbox scenarios', 'sandboxScenarios', {}],
	['doctor', 'doctor', {}],
	['kitchen-sink', 'kitchenSink', {}],
	['demo --speed 4', 'demo', {speed: '4'}],
])('mkcoa %s runs %s', async (line, name, values) => {
	const {code, action} = await commandLine(line);
	expect({code, action}).toEqual({code: 0, action: {name, values}});
});

test.each([
	['kubernetes', "Command 'kubernetes' is not known. See mkcoa --help."],
	['histroy', "Command 'histroy' is not known. Did you mean history? See mkcoa --help."],
	['--nonsense', "Flag '--nonsense' is not known. See mkcoa --help."],
	['help nonsense', "Command 'nonsense' is not known. See mkcoa --help."],
	['--timeout soon doctor', "Timeout 'soon' is not a duration. Write it like 30s, 5m or 1h30m."],
	['-o xml doctor', "Output format 'xml' is not known. Use text, json or yaml, or for findings sarif, junit, markdown, oscal."],
	['-o junit doctor', 'mkcoa doctor tells no findings, which junit is for. Use -o text, json or yaml.'],
	['--quiet --verbose doctor', '--quiet and --verbose exclude each other. Leave one of them out.'],
	['--context', "Flag '--context <name>' needs a value. See mkcoa --help."],
	['--namespace= doctor', '--namespace is empty. Give it a value, or leave it out.'],
	['--plan-out= doctor', '--plan-out is empty. Give it a value, or leave it out.'],
	['completion tcsh', "Shell 'tcsh' is not one of bash, zsh, fish."],
])('mkcoa %s is refused', async (line, message) => {
	const {code, err} = await commandLine(line);
	expect(code).toBe(1);
	expect(err.startsWith(`✗ ${message}`)).toBe(true);
});

test('the hidden demo is in no help', async () => {
	expect((await commandLine('--help')).out).not.toContain('demo');
});

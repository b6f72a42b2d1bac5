import {expect, test} from 'vitest';
import {z} from 'zod';
import {toolCommand} from '../../src/commands/tool-command.ts';
import {commandLine} from '../support/command-line.ts';
import {sampleTools} from '../support/sample-tools.ts';

test.each([
	['k8s list pods', {kind: 'pods'}],
	['k8s list pods web-1 web-2', {kind: 'pods', names: ['web-1', 'web-2']}],
	['k8s list pods web-1,web-2', {kind: 'pods', names: ['web-1,web-2']}],
	['k8s list pods --limit 5', {kind: 'pods', limit: 5}],
	['k8s list pods --limit=5', {kind: 'pods', limit: 5}],
	['k8s list pods -l app=web', {kind: 'pods', selector: 'app=web'}],
	['k8s list pods --sort-by age', {kind: 'pods', sortBy: 'age'}],
	['k8s list pods --columns a,b --columns c', {kind: 'pods', columns: ['a', 'b', 'c']}],
	['k8s list pods --wide', {kind: 'pods', wide: true}],
	['k8s list pods --no-headers', {kind: 'pods', headers: false}],
	['-n shop k8s list pods', {kind: 'pods', namespace: 'shop'}],
	['k8s -n shop list pods', {kind: 'pods', namespace: 'shop'}],
	['k8s list pods -n shop', {kind: 'pods', namespace: 'shop'}],
	['k8s list pods -- -n', {kind: 'pods', names: ['-n']}],
	['k8s put --file m.yaml', {manifest: 'kind: Pod'}],
	['k8s apply --file m.yaml --weights 5,25,100', {manifest: 'kind: Pod', weights: [5, 25, 100]}],
])('mkcoa %s gives the tool %j', async (line, input) => {
	const {code, call, err} = await commandLine(line, {files: {'m.yaml': 'kind: Pod'}});
	expect({code, err, input: call?.input}).toEqual({code: 0, err: '', input: {...input, ...('kind' in input ? withoutNames(input) : {})}});
});

/** Commander gives an empty list for a last argument that is missing. */
const withoutNames = (input: object) => ('names' in input ? {} : {names: []});

test.each([
	['k8s list', 'Argument <kind> is missing. See mkcoa k8s list --help.'],
	['k8s list pods --limit 5x', "Value '5x' of --limit is not a number. See mkcoa k8s list --help."],
	['k8s list pods --limit -3', "Value '-3' of --limit does not fit: Too small: expected number to be >0. See mkcoa k8s list --help."],
	['k8s list pods --limit', "Flag '--limit <number>' needs a value. See mkcoa k8s list --help."],
	['k8s list pods --sort-by size', "Value 'size' of --sort-by is not one of name, age. See mkcoa k8s list --help."],
	['k8s list pods --sort age', "Flag '--sort' is not known. Did you mean --sort-by? See mkcoa k8s list --help."],
	['k8s list pods --namespac shop', "Flag '--namespac' is not known. Did you mean --namespace? See mkcoa k8s list --help."],
	['k8s apply', '--file is missing: Manifest to apply. See mkcoa k8s apply --help.'],
	['k8s apply -f gone.yaml', "File 'gone.yaml' does not exist. Check the path."],
	['k8s apply -f m.yaml --weights 5,x', "Value 'x' of --weights is not a number. See mkcoa k8s apply --help."],
	['k8s apply -f m.yaml surplus', 'There are too many arguments: expected 0 arguments but got 1: surplus. See mkcoa k8s apply --help.'],
	['k8s lsit pods', "Command 'lsit' is not known. Did you mean list? See mkcoa k8s --help."],
])('mkcoa %s is refused in one line', async (line, message) => {
	const {code, call, out, err} = await commandLine(line, {files: {'m.yaml': 'kind: Pod'}});
	expect({code, call, out, err}).toEqual({code: 1, call: undefined, out: '', err: `✗ ${message}\n`});
});

test('a refusal is a failed outcome on standard output where JSON was asked for', async () => {
	const {code, out} = await commandLine('k8s list pods --limit 5x --json');
	expect(code).toBe(1);
	expect(JSON.parse(out)).toEqual({
		kind: 'failed',
		tool: 'resource_list',
		error: {kind: 'usage', code: 'usage', what: "Value '5x' of --limit is not a number", next: 'See mkcoa k8s list --help'},
		done: [],
		undone: [],
		left: [],
	});
});

test.each(['--json', '-o json', '-ojson', '--output=json', '--output json'])('%s is honoured even when a flag is wrong', async json => {
	const {out} = await commandLine(`k8s list pods --nonsense ${json}`);
	expect(JSON.parse(out)).toMatchObject({kind: 'failed', error: {what: "Flag '--nonsense' is not known"}});
});

test('a missing namespace is left to the kubeconfig', async () => {
	expect((await commandLine('k8s list pods')).call?.input).not.toHaveProperty('namespace');
});

test('the help of a tool shows arguments, flags with defaults, and examples', async () => {
	expect((await commandLine('k8s list --help')).out).toMatchInlineSnapshot(`
		"Usage: mkcoa k8s list [flags] <kind> [names...]

		Lists objects of any kind

		Arguments:
		  kind                       Kind to list
		  names                      Objects to list; all if left out

		Flags:
		  -l, --selector <selector>  Label selector
		  --limit <number>           Objects to list at most (default 50)
		  --sort-by <name|age>       Order of the rows (default name)
		  --columns <columns,…>      Columns to show
		  --wide                     Shows more columns
		  --no-headers               Turns off: prints headers
		  -h, --help                 Shows this help

		Examples:
		  mkcoa k8s list pods -n shop
		  mkcoa k8s list pods web-1 -l app=web

		Flags that every command knows: mkcoa --help
		"
	`);
});

test('the help of a change says that it asks first', async () => {
	expect((await commandLine('k8s apply --help')).out).toMatchInlineSnapshot(`
		"Usage: mkcoa k8s apply|put [flags]

		Applies a manifest

		Flags:
		  -f, --file <path>     Manifest to apply (required; - is standard input)
		  --weights <number,…>  Shares of the traffic
		  -h, --help            Shows this help

		Shows its plan and asks before anything changes; --dry-run stops after the plan.
		Flags that every command knows: mkcoa --help
		"
	`);
});

/** A command of a tool that takes this. */
function commandFor(input: z.ZodObject) {
	const [tool] = sampleTools;
	if (tool === undefined) throw new Error('there is a sample');
	const wiring = {options: () => expect.unreachable(), readFile: async () => '', run: async () => 0 as const, exit: () => {}};
	return toolCommand({...tool, positionals: [], input}, wiring);
}

test('a list whose items may have commas asks for one item, and says that its flag may be given again', () => {
	const texts = z.array(z.string()).default([]);
	const input = z.object({
		params: texts.describe('Value as NAME=VALUE').meta({split: false}),
		steps: texts.describe('Shares'),
	});
	const help = commandFor(input).helpInformation();
	expect(help).toMatch(/--params <param> +Value as NAME=VALUE \(repeatable\)/);
	expect(help).toMatch(/--steps <steps,…> +Shares/);
});

test.each([
	['the flag of every command', z.object({output: z.string()}), 'output'],
	['the letter of every command', z.object({number: z.string().meta({short: 'n'})}), 'number'],
	['the flag of the version', z.object({version: z.string()}), 'version'],
])('a tool may not take %s', (_, input, name) => {
	expect(() => commandFor(input)).toThrow(`resource_list has the field ${name}, whose flag`);
});

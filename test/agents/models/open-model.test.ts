import {describe, expect, test} from 'vitest';
import {configurationOf, type OwnConfiguration} from '../../../src/agents/models/configuration.ts';
import type {RunProgram} from '../../../src/agents/models/find-key.ts';
import {type Opening, openModel} from '../../../src/agents/models/open-model.ts';
import {systemClock} from '../../../src/core/clock.ts';

type Env = Opening['env'];

/** Opens with nothing but what the row says; answers what a person reads, and what the redactor learned. */
async function open(
	env: Env,
	{flag, own = {}, run = async () => ({code: undefined, out: ''})}: {flag?: string; own?: OwnConfiguration; run?: RunProgram} = {},
) {
	const learned: string[] = [];
	const learn = (secret: string) => learned.push(secret);
	const opened = await openModel({
		flag,
		env,
		platform: 'linux',
		configuration: configurationOf(own),
		file: 'models.yaml',
		run,
		learn,
		clock: systemClock(),
	});
	return {...opened, learned};
}

const key = 'sk-abcdefghijklmnop';

describe('which model, and why', () => {
	test.each<[string, Env, {flag?: string; own?: OwnConfiguration}, RegExp]>([
		[
			'a key of Anthropic',
			{ANTHROPIC_API_KEY: key, OPENAI_API_KEY: key},
			{},
			/^anthropic\/claude-\S+ at api\.anthropic\.com answers, because ANTHROPIC_API_KEY is set\./,
		],
		['a key of OpenAI', {OPENAI_API_KEY: key}, {}, /^openai\/gpt-\S+ at api\.openai\.com answers, because OPENAI_API_KEY is set\./],
		[
			'a key of Google',
			{GOOGLE_API_KEY: key},
			{},
			/^gemini\/gemini-\S+ at \S+ answers, because GOOGLE_API_KEY is set\. Its key is from GOOGLE_API_KEY\.$/,
		],
		[
			'the file',
			{ANTHROPIC_API_KEY: key},
			{own: {model: 'ollama/qwen3'}},
			/^ollama\/qwen3 at 127\.0\.0\.1:11434 answers, because models\.yaml names it\. It needs no key\.$/,
		],
		[
			'MKCOA_MODEL over the file',
			{OPENAI_API_KEY: key, MKCOA_MODEL: 'openai/gpt-x'},
			{own: {model: 'ollama/qwen3'}},
			/^openai\/gpt-x .* because MKCOA_MODEL names it/,
		],
		['--model over all', {GEMINI_API_KEY: key, MKCOA_MODEL: 'openai/gpt-x'}, {flag: 'gemini/g'}, /^gemini\/g .* because --model names it/],
		['a provider alone', {OPENAI_API_KEY: key}, {flag: 'openai'}, /^openai\/gpt-\S+ .* because --model names it/],
		['a known name alone', {ANTHROPIC_API_KEY: key}, {flag: 'claude-haiku-5-5'}, /^anthropic\/claude-haiku-5-5 /],
		['a name with a slash in it', {}, {flag: 'ollama/library/qwen3'}, /^ollama\/library\/qwen3 /],
		[
			'a deployment of Azure',
			{AZURE_OPENAI_API_KEY: key, AZURE_OPENAI_ENDPOINT: 'https://shop.openai.azure.com/'},
			{flag: 'azure/ops'},
			/^azure\/ops at shop\.openai\.azure\.com answers/,
		],
		[
			'nothing',
			{},
			{},
			/^The built-in router answers, because no model is named and none of ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY is set\.$/,
		],
		['none', {ANTHROPIC_API_KEY: key}, {flag: 'none'}, /^The built-in router answers, because --model asks for none\.$/],
	])('%s', async (_, env, more, text) => {
		expect((await open(env, more)).text).toMatch(text);
	});

	test.each<[string, Env, {flag?: string; own?: OwnConfiguration}, object]>([
		['an unknown provider', {}, {flag: 'antropic/x'}, {code: 'model-unknown', next: 'Did you mean anthropic?'}],
		['a provider without a model', {}, {flag: 'azure'}, {code: 'model-unknown', next: 'Name one: --model azure/NAME'}],
		[
			'no key',
			{},
			{flag: 'anthropic'},
			{code: 'model-no-key', kind: 'auth', next: 'Set ANTHROPIC_API_KEY, or ask without a model: --model none'},
		],
		[
			'a key with a blank in it',
			{OPENAI_API_KEY: `${key} x`},
			{},
			{code: 'model-key-unusable', what: 'OPENAI_API_KEY holds no usable key'},
		],
		['no place', {AZURE_OPENAI_API_KEY: key}, {flag: 'azure/ops'}, {code: 'model-base-url', next: 'Set AZURE_OPENAI_ENDPOINT'}],
		['a place that is none', {OPENAI_API_KEY: key, OPENAI_BASE_URL: 'localhost'}, {flag: 'openai/m'}, {code: 'model-base-url'}],
		[
			'a key in plain text',
			{OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://models.example/v1'},
			{flag: 'openai/m'},
			{code: 'model-not-private'},
		],
		[
			'a password in the base URL',
			{OPENAI_API_KEY: key, OPENAI_BASE_URL: `https://me:${key}@models.example/v1`},
			{flag: 'openai/m'},
			{code: 'model-base-url', next: 'Leave them out of OPENAI_BASE_URL; the key has a place of its own'},
		],
		['a key where the base URL belongs', {OPENAI_API_KEY: key, OPENAI_BASE_URL: key}, {flag: 'openai/m'}, {code: 'model-base-url'}],
	])('%s has a remedy', async (_, env, more, trouble) => {
		const failed = await open(env, more).catch(error => error);
		expect(failed).toMatchObject({trouble});
		expect(failed.trouble.next).toBeTruthy();
		expect(JSON.stringify(failed.trouble)).not.toContain(key);
	});

	test('a base URL of OpenAI without a name for the model chooses none', async () => {
		expect((await open({OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://127.0.0.1:1/v1'})).text).toMatch(/OPENAI_BASE_URL is set/);
	});
});

describe('keys', () => {
	const pass: OwnConfiguration = {model: 'anthropic', providers: {anthropic: {keyCommand: ['pass', 'show', 'ai/anthropic']}}};

	test('a key of the environment is learned, and no program runs', async () => {
		const run = () => Promise.reject(new Error('ran'));
		expect((await open({ANTHROPIC_API_KEY: key}, {own: pass, run})).learned).toEqual([key]);
	});

	test('a command gives the key on its first line', async () => {
		const asked: (readonly string[])[] = [];
		const run: RunProgram = async command => {
			asked.push(command);
			return {code: 0, out: `${key}\nlogin: ops\n`};
		};
		const {text, learned} = await open({}, {own: pass, run});
		expect({text, learned, asked}).toEqual({
			text: expect.stringMatching(/Its key is from pass\.$/),
			learned: [key],
			asked: [['pass', 'show', 'ai/anthropic']],
		});
	});

	test.each([
		[undefined, 'it is not installed'],
		[2, 'it ended with code 2'],
		[0, 'it printed nothing'],
	])('a command that ends with %s is told', async (code, why) => {
		const failed = await open({}, {own: pass, run: async () => ({code, out: ''})}).catch(error => error);
		expect(failed).toMatchObject({trouble: {code: 'model-key-command', what: "The command 'pass' gave no key for anthropic", why}});
	});

	test('the keychain is asked for a provider that was named', async () => {
		const run: RunProgram = async command => ({
			code: 0,
			out: command.join(' ') === 'secret-tool lookup service mkcoa account openai' ? key : '',
		});
		expect((await open({}, {flag: 'openai', run})).text).toMatch(/Its key is from secret-tool\.$/);
	});
});

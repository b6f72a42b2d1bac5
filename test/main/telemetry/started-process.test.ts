import {execFile} from 'node:child_process';
import {expect, test} from 'vitest';
import {otlpCollector} from '../../support/otlp-collector.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** Tells at the end which packages of OpenTelemetry were read. */
const watching = `data:text/javascript,${encodeURIComponent(`
	import {registerHooks} from 'node:module';
	const read = new Set();
	registerHooks({load(url, context, next) {
		const [, name] = /@opentelemetry.([^/]+)/.exec(url) ?? [];
		if (name !== undefined) read.add(name);
		return next(url, context);
	}});
	process.on('exit', () => process._rawDebug('read: ' + [...read].sort().join(' ')));
`)}`;

const initialize = {
	jsonrpc: '2.0',
	id: 1,
	method: 'initialize',
	params: {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'c', version: '1'}},
};

/** A client that starts mkcoa, greets it and leaves once it was greeted. */
async function greeted(env: {readonly [name: string]: string}) {
	const words = ['--import', watching, 'bin/mkcoa.ts', 'mcp', 'serve'];
	const home = {HOME: folder, XDG_STATE_HOME: `${folder}/state`, XDG_CONFIG_HOME: `${folder}/config`, MKCOA_COMPILED: 'off'};
	const {promise, resolve} = Promise.withResolvers<{readonly out: string; readonly err: string}>();
	const child = execFile(process.execPath, words, {env: {PATH: process.env.PATH, ...home, ...env}}, (_, out, err) => resolve({out, err}));
	let leftAt = 0;
	child.stdout?.once('data', () => {
		leftAt = performance.now();
		child.stdin?.end();
	});
	child.stdin?.write(`${JSON.stringify(initialize)}\n`);
	const told = await promise;
	return {...told, closingMs: performance.now() - leftAt};
}

test('nothing of OpenTelemetry is read where the environment names no collector', async () => {
	const {out, err} = await greeted({OTEL_SERVICE_NAME: 'ops', OTEL_TRACES_SAMPLER: 'always_on'});
	expect(out).toContain('"serverInfo"');
	expect(err).toBe('read: \n');
});

test('a process whose collector never answers ends two seconds after its work', async () => {
	const {env} = await otlpCollector('never answers');
	const {out, err, closingMs} = await greeted(env);
	expect(out).toContain('"serverInfo"');
	expect(err).toContain('read: api core');
	expect(closingMs).toBeGreaterThan(1900);
	expect(closingMs).toBeLessThan(4500);
});

import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {inspect} from './inspector.ts';

const home = await temporaryFolder();

describe('the official inspector', () => {
	test.each([[[]], [['--allow-changes']]])('finds nothing in the schemas of all tools that would not travel: %j', async flags => {
		const {code, out, err} = await inspect(flags, ['--method', 'tools/list', '--strict'], home);
		expect({code, err}).toEqual({code: 0, err: ''});
		const {tools} = JSON.parse(out).result;
		expect(tools.map(({name}: {readonly name: string}) => name)).toContain('resource_list');
	});

	test.each(['legacy', 'modern'])('calls a tool in the %s era', async era => {
		const ask = ['--method', 'tools/call', '--tool-name', 'resource_list', '--tool-args-json', '{"kind":"deployments","namespace":"shop"}'];
		const {code, out} = await inspect([], [...ask, '--protocol-era', era], home);
		expect(code).toBe(0);
		expect(JSON.parse(out).result.structuredContent).toMatchObject({kind: 'Deployment', namespace: 'shop'});
	});

	test('finds every skill to be what it says it is', async () => {
		const {code, out, err} = await inspect(['--allow-changes'], ['--method', 'skills/list', '--verify'], home);
		expect({code, err}).toEqual({code: 0, err: expect.stringMatching(/^Verified 6 skills and 6 files: no conformance errors\.\s*$/)});
		expect(
			out
				.trim()
				.split('\n')
				.map(line => JSON.parse(line)),
		).toMatchObject(Array.from({length: 6}, () => ({outcome: 'verified'})));
	});

	test('finds the card of plans, and what it asks of a client', async () => {
		const probe = ['--method', 'tools/list', '--app-info', '--advertise-apps', '--protocol-era', 'modern'];
		const {code, out, err} = await inspect(['--allow-changes'], probe, home);
		expect({code, err}).toEqual({code: 0, err: ''});
		const told = out
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(told.find(({toolName}) => toolName === 'workload_scale')).toMatchObject({
			hasApp: true,
			resourceUri: 'ui://mkcoa/plan-card.html',
			resourceMimeType: 'text/html;profile=mcp-app',
			csp: {connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: []},
		});
		expect(told.filter(({resourceError}) => resourceError !== undefined)).toEqual([]);
	});
});

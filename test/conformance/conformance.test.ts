import {afterAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {serveFixtures} from './fixture-registry.ts';
import {requirements, runOfficial} from './official.ts';

const served = await serveFixtures();
afterAll(served.close);

const tasks = [
	'tasks-lifecycle',
	'tasks-capability-negotiation',
	'tasks-wire-fields',
	'tasks-request-state-removal',
	'tasks-mrtr-input',
	'tasks-request-headers',
	'tasks-dispatch-and-envelope',
	'tasks-required-task-error',
	'tasks-mrtr-composition',
];
const headers = ['http-header-validation', 'http-custom-header-server-validation'];

/** What the suite itself cannot look at yet, or what a server without changing lists need not do. */
const skipped = [
	'tasks-status-notifications',
	'sep-2575-server-sends-prompts-list-changed-on-subscription',
	'sep-2575-server-sends-tools-list-changed-on-subscription',
];

const required = async (revision: string) => (parse(await requirements(revision)) as {readonly server: readonly string[]}).server;

// One after the other: some scenarios wait half a second for an answer, and three programs at once would take the time of each other.
describe('the official scenarios pass on the edge', () => {
	test.each([
		{name: '0.1.16, active', release: 'conformance', choice: ['--suite', 'active'], wanted: async () => required('2025-11-25'), checks: 40},
		{
			name: '0.2.0-alpha.12, required by 2025-11-25',
			release: 'conformance-next',
			choice: ['--requirements', '2025-11-25'],
			wanted: async () => [...(await required('2025-11-25')), 'json-schema-2020-12', 'server-sse-polling', 'server-session-lifecycle'],
			checks: 84,
		},
		{
			name: '0.2.0-alpha.12, required by 2026-07-28, with tasks and headers',
			release: 'conformance-next',
			choice: ['--requirements', '2026-07-28'],
			wanted: async () => [...(await required('2026-07-28')), ...tasks, ...headers, 'json-schema-2020-12'],
			checks: 194,
		},
	] as const)('$name', async ({name, release, choice, wanted, checks}) => {
		const [ran, scenarios] = await Promise.all([runOfficial(release, served.url, choice), wanted()]);
		const all = [...ran].flatMap(([scenario, found]) => found.map(check => ({scenario, ...check})));
		const bad = all.filter(({id, status}) => !['SUCCESS', 'INFO'].includes(status) && !skipped.includes(id));
		const passed = all.filter(({status}) => status === 'SUCCESS').length;
		process.stdout.write(`Conformance ${name}: ${ran.size} scenarios, ${passed} checks passed, ${bad.length} not\n`);
		expect(bad).toEqual([]);
		const passing = scenarios.filter(scenario => ran.get(scenario)?.some(({status}) => status === 'SUCCESS'));
		expect(passing).toEqual(scenarios);
		expect(passed).toBeGreaterThanOrEqual(checks);
	});
});

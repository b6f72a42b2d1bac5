import {expect, test} from 'vitest';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {controlsOf} from '../../../src/analysis/compliance/benchmark.ts';
import {type BenchmarkName, benchmarkNames, benchmarks} from '../../../src/analysis/compliance/benchmarks/all-benchmarks.ts';
import {podSecurityChecks} from '../../../src/analysis/compliance/benchmarks/pod-security.ts';
import {controls} from '../../../src/analysis/pod-security/controls.ts';

const latest = Number.POSITIVE_INFINITY;

// As kube-bench's definitions of these versions count them; of GKE as the benchmark marks them.
test.each<[BenchmarkName, number, number]>([
	['cis', 131, 103],
	['eks', 50, 27],
	['gke', 57, 38],
	['aks', 51, 16],
])('%s has %i controls, %i of them automated', (name, all, automated) => {
	const list = controlsOf(benchmarks[name]);
	expect([list.length, list.filter(control => control.automated).length]).toEqual([all, automated]);
});

test('the numbers of the CIS benchmark are where its chapters have them', () => {
	const titles = new Map(controlsOf(benchmarks.cis).map(({id, title}) => [id, title]));
	expect(['1.1.21', '1.2.16', '2.7', '4.2.14', '5.1.8', '5.2.11', '5.6.4'].map(id => titles.get(id))).toEqual([
		...['Keys are 600', 'Requests are audited to a file', 'It has an authority of its own'],
		'Pods get a seccomp profile where they name none',
		...['Few may bind, escalate or impersonate', 'No volumes of the node', 'The namespace default is not used'],
	]);
});

test.each(benchmarkNames)('%s: ids are unique, and what a check must prove names one', name => {
	const list = controlsOf(benchmarks[name]);
	expect(new Set(list.map(({id}) => id)).size).toBe(list.length);
	expect(list.filter(({needs, checks}) => needs === 'api' && checks.length === 0)).toEqual([]);
	expect(list.filter(({needs, checks}) => (needs === 'node' || needs === 'cloud') && checks.length > 0)).toEqual([]);
});

test('every control of the Pod Security Standards is one of the benchmark, with a check of its own in the latest version', () => {
	expect(new Set(controlsOf(benchmarks['pod-security']).map(({id}) => id))).toEqual(new Set(controls.map(({name}) => name)));
	const ids = new Set(podSecurityChecks(latest).map(({id}) => id));
	expect(controlsOf(benchmarks['pod-security']).flatMap(({checks}) => checks.filter(id => !ids.has(id)))).toEqual([]);
	expect(podSecurityChecks(33).map(({id}) => id)).not.toContain('pod-security-hostProbesAndHostLifecycle');
});

test('says which checks are mapped and do not exist', () => {
	const known = new Set([...allChecks, ...podSecurityChecks(latest)].map(({id}) => id));
	const mapped = new Set(benchmarkNames.flatMap(name => controlsOf(benchmarks[name]).flatMap(({checks}) => checks)));
	const missing = [...mapped].filter(id => !known.has(id)).sort();
	process.stdout.write(
		`${missing.length} of ${mapped.size} mapped checks do not exist${missing.length === 0 ? '' : `: ${missing.join(', ')}`}\n`,
	);
	// A control that rests on one is not checked (`assess.test.ts`), so that none of these can be a pass.
	expect([...mapped].every(id => /^[a-z][a-zA-Z0-9_-]*$/.test(id))).toBe(true);
});

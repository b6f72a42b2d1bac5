import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const set = (at: string, name: string, value: string) =>
	`Deployment quay/ferry: ${at === '-' ? 'add' : 'replace'} …/0/env/${at} ${JSON.stringify({name, value})}`;
const zone = 'StatefulSet quay/ledger: add …/0/env [{"name":"TZ","value":"Asia/Seoul"}]';

test.each([
	['give ledger a TZ variable with the value Asia/Seoul', zone],
	['ledger should run with TZ Asia/Seoul', zone],
	['ledger 컨테이너에 TZ 환경변수를 Asia/Seoul로 지정해주세요', zone],
	['ferry 컨테이너에 CHART_DIR이라는 변수를 /charts/v2 값으로 넣어 주시겠어요?', set('-', 'CHART_DIR', '/charts/v2')],
	['SONAR_DEPTH of ferry: 40 instead of 20', set('-', 'SONAR_DEPTH', '40')],
	["use calm instead of fast as ferry's MODE variable", set('0', 'MODE', 'calm')],
	["take calm rather than fast as ferry's MODE", set('0', 'MODE', 'calm')],
	['SONAR_OPTS of ferry: "-deep 3"', set('-', 'SONAR_OPTS', '-deep 3')],
	['ferry gets one variable: SONAR_DEPTH is 40', set('-', 'SONAR_DEPTH', '40')],
	['we signed up for calm, so the MODE variable of ferry has to be calm', set('0', 'MODE', 'calm')],
	['add a SONAR_DEPTH of 40 to the environment of ferry', set('-', 'SONAR_DEPTH', '40')],
	['ferry no longer needs its TRACE variable. Drop it.', 'Deployment quay/ferry: remove …/0/env/1'],
	['MODE of ferry still is at fast, make it calm; MODE has to be calm', set('0', 'MODE', 'calm')],
	['ferry MODE 값이 fast로 되어 있는데 calm으로 바꿔줘', set('0', 'MODE', 'calm')],
	['ferry no longer needs TRACE', 'Deployment quay/ferry: remove …/0/env/1'],
	['strip TRACE from ferry', 'Deployment quay/ferry: remove …/0/env/1'],
	['MODE must disappear from ferry', 'Deployment quay/ferry: remove …/0/env/0'],
	['TRACE has to disappear from ferry, MODE must not', 'Deployment quay/ferry: remove …/0/env/1'],
	['on ferry MODE goes to calm. TRACE must survive as it is', set('0', 'MODE', 'calm')],
	['ferry에서 TRACE 변수만 빼줘. MODE는 남겨 두셔야 해요', 'Deployment quay/ferry: remove …/0/env/1'],
	['ferry에 SONAR_DEPTH=40 넣고 TRACE는 빼줘', `${set('-', 'SONAR_DEPTH', '40')}, remove …/0/env/1`],
])('a variable is told in many ways: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

test('what is set stands beside what is taken from a map', async () => {
	expect(
		await changesOf('ferry gets two env vars: SONAR_DEPTH=40, and WAVES taken from key WAVE_LIMIT of configmap ferry-settings'),
	).toEqual([
		'Deployment quay/ferry: add …/0/env/- {"name":"SONAR_DEPTH","value":"40"}, add …/0/env/- {"name":"WAVES","valueFrom":{"configMapKeyRef":{"name":"ferry-settings","key":"WAVE_LIMIT"}}}',
	]);
});

test('a variable that is to be kept stays, whichever is named first', async () => {
	const onlyTrace = await changesOf('drop TRACE from ferry');
	expect(await changesOf('drop TRACE from ferry, keep MODE')).toEqual(onlyTrace);
	expect(await changesOf('drop the variable TRACE of ferry but keep MODE')).toEqual(onlyTrace);
	expect(onlyTrace).toHaveLength(1);
});

test('a variable that is not there is asked about beside what is set', async () => {
	expect(await changesOf('ferry에 SONAR_DEPTH=40 넣고 RADIO는 빼줘')).toEqual([expect.stringMatching(/^question: .*RADIO/)]);
});

test.each(['The variable TRACE of ferry should be renamed to SONAR_TRACE', 'ferry의 TRACE 환경변수 이름을 SONAR_TRACE로 바꿔줘'])(
	'what gets another name keeps its value: %s',
	async request => {
		const [call, ...more] = await changesOf(request);
		expect(more).toEqual([]);
		expect(call).toMatch(/"name":"SONAR_TRACE"/);
		expect(call).not.toMatch(/"value":"SONAR_TRACE"/);
	},
);

test('a variable that takes the value of a key leaves its map alone', async () => {
	expect(await changesOf('ferry should get WAVES with the value of key WAVE_LIMIT of ferry-settings')).toEqual([
		'Deployment quay/ferry: add …/0/env/- {"name":"WAVES","valueFrom":{"configMapKeyRef":{"name":"ferry-settings","key":"WAVE_LIMIT"}}}',
	]);
});

test.each([
	['a key that is named and gets no value', 'WAVE_LIMIT of ferry-settings, greeting moin'],
	['a number that no key gets', 'ferry-settings: wave limit 7, depth 12'],
])('%s is asked about', async (_, request) => {
	expect(await changesOf(request)).toEqual([expect.stringMatching(/^question: /)]);
});

test('what is added beside another setting is an order of its own', async () => {
	const calls = await changesOf('ferry에 SONAR_DEPTH 변수를 "40"으로 추가하고 메모리 한도는 3Gi로');
	expect(calls.join('\n')).toMatch(/SONAR_DEPTH.*40/);
	expect(calls.join('\n')).toMatch(/3Gi/);
});

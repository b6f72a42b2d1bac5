import {describe, expect, test} from 'vitest';
import {amountsIn} from '../../../../src/agents/router/words/amounts.ts';
import {clauseOf, clausesOf} from '../../../../src/agents/router/words/clauses-of.ts';
import {spoken, spokenNearly} from '../../../../src/agents/router/words/spoken.ts';
import {timesOfDay} from '../../../../src/agents/router/words/spoken-time.ts';
import {hostOf, imagesIn, isPath, pairsIn, versionsIn} from '../../../../src/agents/router/words/values.ts';
import {wordsOf} from '../../../../src/agents/router/words/words-of.ts';

const texts = (text: string) => wordsOf(text).map(word => word.text);

describe('words', () => {
	test.each([
		['Please restart the web-api deployment, thanks!', ['restart', 'the', 'web-api', 'deployment']],
		["What's in billing's config?", ['what', 'in', 'billing', 'config']],
		['Run `sleep 5 && echo hi` in "my pod"', ['run', 'sleep 5 && echo hi', 'in', 'my pod']],
		['gateway의 레플리카를 3개로 늘려주세요', ['gateway', '레플리카', '3개', '늘리']],
		['gateway서비스를 삭제하고 싶습니다', ['gateway', '서비스', '삭제']],
		['노드 n1을 비워 줄래요?', ['노드', 'n1', '비우']],
		['볼륨은 10Gi입니다', ['볼륨', '10gi']],
		['80 → 8080, 443 -> 8443', ['80', '->', '8080', '443', '->', '8443']],
		['green(7.1.0)으로 넘겨줘', ['green', '7.1.0', '넘기']],
		['하나만 남기고 다 지워', ['하나', '남기', '다', '지우']],
	])('%s', (text, words) => {
		expect(texts(text)).toEqual(words);
	});

	test('a name keeps its letters and loses its particle', () => {
		expect(wordsOf('MAX_POOL을 40으로').map(word => word.raw)).toEqual(['MAX_POOL', '40']);
	});
});

describe('clauses', () => {
	test.each([
		['Restart a, b and c', 1],
		['Scale a to 3 and restart b', 2],
		['Set a to 2, give it image tag 4.1, and delete the deployment b', 3],
		['Create configmap c with a=1 and b=2. Label it x=y.', 1],
		['Delete configmap a. Then delete secret b.', 2],
		['The shop is slow. Could you add two replicas?', 1],
		['b is broken; please fix it', 1],
		['How many pods run in shop? Which nodes are cordoned?', 2],
		['grant ana the right to get, list and delete pods', 1],
		['a를 3개로 늘리고 b는 재시작해줘', 2],
		['a를 늘린 다음 b를 지워줘', 2],
		['설정 c를 만들고 키는 x로 지정해줘', 1],
		['If it has fewer than 3, make it 3.', 1],
	])('%s', (text, count) => {
		expect(clausesOf(text).map(clause => clause.text)).toHaveLength(count);
	});

	test('a scope before a colon belongs to every order behind it', () => {
		expect(clausesOf('In qa: scale a to 2 and restart b').map(({text}) => text)).toEqual(['In qa scale a to 2', 'In qa restart b']);
	});
});

describe('amounts', () => {
	const amounts = (text: string) => amountsIn(clauseOf(text)).map(({first: _f, last: _l, ...rest}) => rest);
	test.each([
		[
			'half a core and 1.5GB',
			[
				{kind: 'quantity', quantity: '500m', measures: 'cpu'},
				{kind: 'quantity', quantity: '1.5G', measures: 'bytes'},
			],
		],
		['4 cores', [{kind: 'quantity', quantity: '4', measures: 'cpu'}]],
		[
			'500m or 500M',
			[
				{kind: 'quantity', quantity: '500m', measures: 'cpu'},
				{kind: 'quantity', quantity: '500M', measures: 'bytes'},
			],
		],
		['2 기가', [{kind: 'quantity', quantity: '2Gi', measures: 'bytes'}]],
		['by 50 percent', [{kind: 'percent', value: 50}]],
		['두 배로', [{kind: 'factor', value: 2}]],
		['1.5 times', [{kind: 'factor', value: 1.5}]],
		['double it', [{kind: 'factor', value: 2}]],
		['a quarter of the traffic', [{kind: 'share', value: 0.25}]],
		['two thirds', [{kind: 'share', value: 2 / 3}]],
		['3분의 1만', [{kind: 'share', value: 1 / 3}]],
		['절반으로', [{kind: 'share', value: 0.5}]],
		['between 3 and 9 pods', [{kind: 'range', from: 3, to: 9}]],
		['2~5개', [{kind: 'range', from: 2, to: 5}]],
		['세 개', [{kind: 'number', value: 3, counter: '개'}]],
		['a dozen pods', [{kind: 'number', value: 12}]],
		['every 15 minutes', [{kind: 'duration', seconds: 900}]],
		['an hour', [{kind: 'duration', seconds: 3600}]],
		['20초 뒤', [{kind: 'duration', seconds: 20}]],
		['worker-a2 5.3.2', []],
	])('%s', (text, expected) => {
		expect(amounts(text)).toEqual(expected);
	});
});

describe('values', () => {
	test('pairs keep their letters', () => {
		expect(pairsIn(clauseOf('set LOG=Debug, A="b c" and x/y=1')).map(({key, value}) => [key, value])).toEqual([
			['LOG', 'Debug'],
			['A', 'b c'],
			['x/y', '1'],
		]);
	});

	test('images are told from ports, paths, versions and times', () => {
		expect(imagesIn(clauseOf('redis:7.4 ghcr.io/a/b kafka:9092 a/b:v1 get/list 1.2.3 03:40 K=a:b')).map(({image}) => image)).toEqual([
			'redis:7.4',
			'ghcr.io/a/b',
			'a/b:v1',
		]);
		expect(versionsIn(clauseOf('1.8.0 v2 3 v1.0-rc1')).map(({version}) => version)).toEqual(['1.8.0', 'v2', 'v1.0-rc1']);
	});

	test('hosts and paths', () => {
		expect(hostOf({raw: 'https://Pay.example.com/v1'})).toEqual({host: 'pay.example.com', path: '/v1'});
		expect(hostOf({raw: 'ana@example.com'})).toBeUndefined();
		expect(isPath({raw: '/healthz'})).toBe(true);
	});

	test.each([
		['at 03:40', 3, 40],
		['9am', 9, 0],
		['at noon', 12, 0],
		['4:15 in the afternoon', 16, 15],
		['오후 3시 30분', 15, 30],
		['새벽 2시 반', 2, 30],
		['자정에', 0, 0],
	])('time of day: %s', (text, hour, minute) => {
		expect(timesOfDay(text)[0]).toMatchObject({hour, minute});
	});
});

test('verbs are found in whatever form, with a slip of the finger only where that is safe', () => {
	expect(spoken(clauseOf('restarting web'), 'restart')).toBe(true);
	expect(spoken(clauseOf('roll it back'), 'roll_back')).toBe(false);
	expect(spoken(clauseOf('rolled back'), 'roll_back')).toBe(true);
	expect(spoken(clauseOf('sclae web'), 'scale')).toBe(false);
	expect(spokenNearly(clauseOf('sclae web'), 'scale')).toBe(true);
	expect(spoken(clauseOf('"restart" web'), 'restart')).toBe(false);
});

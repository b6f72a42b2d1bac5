import {expect, test} from 'vitest';
import {corrected} from '../../../../../src/agents/router/route/correction/corrected.ts';
import {routerWorld, thing} from '../../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'port/ferry'),
	thing('Deployment', 'port/radar'),
	thing('Deployment', 'port/dock-blue'),
	thing('Deployment', 'port/dock-green'),
	thing('Deployment', 'yard/crane'),
	thing('Deployment', 'port/crane'),
	thing('ConfigMap', 'port/tides'),
	thing('CronJob', 'port/sweep'),
	thing('CronJob', 'port/count'),
	thing('Ingress', 'port/gate'),
	thing('Node', 'pier-1'),
	thing('Node', 'pier-2'),
]);
const meant = async (text: string) => {
	const found = await corrected(text, world);
	return found === 'unclear' ? found : found.text;
};

test.each([
	['scale ferry to 5, no, 6 replicas', 'scale ferry to 6 replicas'],
	['ferry to 3 - I mean 4', 'ferry to 4'],
	['ferry to six, sorry, seven', 'ferry to seven'],
	['ferry up to 5. Oh wait, 4. 5 is too dear', 'ferry up to 4'],
	['memory of radar to 1Gi, or rather 1.5Gi, ops agreed', 'memory of radar to 1.5Gi'],
	['ferry to 2.1.0, hm, actually make it 2.0.9', 'ferry to 2.0.9'],
	['pod box from alpine:3.20 … no, alpine:3.21. Command `sleep 5`', 'pod box from alpine:3.21. Command `sleep 5`'],
	['put LEVEL=trace, sorry, =warn on ferry', 'put LEVEL=warn on ferry'],
	['configmap lamps with RED=5. Correction: 6', 'configmap lamps with RED=6'],
	['autoscale ferry with min 2 and max 6. I mean max 8', 'autoscale ferry with min 2 and max 8'],
	['ferry 5개, 아니 4개로', 'ferry 4개로'],
	['ferry 오토스케일 2~6개로. 아니다, 최대는 8개로', 'ferry 오토스케일 2~8개로'],
	['ferry 오토스케일 최대를 12로, 아니 10으로 정정할게요. 최소는 그대로', 'ferry 오토스케일 최대를 10로 변경해줘. 최소는 그대로'],
	['tides WIDTH를 7로... 아니 5로 바꿔주세요', 'tides WIDTH를 5로 바꿔주세요'],
	['ferry에 RETRY=3 넣어줘. 아니 이름은 RETRY_MAX로 해야 돼', 'ferry에 RETRY_MAX=3 넣어줘'],
])('another value: %s', async (text, expected) => expect(await meant(text)).toBe(expected));

test.each([
	['restart ferry, scratch that, I meant radar', 'restart radar'],
	['restart dock-blue. No wait, green', 'restart dock-green'],
	['cordon pier-1. argh, wrong window, I mean pier-2, pier-1 must keep its pods', 'cordon pier-2'],
	['scale ferry to 5. Scratch that, ferry stays; it is radar that should get 2', 'scale radar to 2'],
	['restart crane. I mean the one in yard', 'restart crane in yard'],
	['configmap lamps with RED=1 in yard, ah, forget yard, it belongs in port', 'configmap lamps with RED=1 in port'],
	['restart crane in yard, no, port', 'restart crane in port'],
	['create namespace bench. Wait, call it trial', 'create namespace trial'],
	['ferry 재시작해줘 아 아니 ferry 말고 radar로', 'radar 재시작해줘'],
	['ferry를 4개로... 아니 ferry 말고 radar를 3개로 늘려줘', 'radar를 3개로 늘려줘'],
	['네임스페이스 bench 만들어줘. 아 이름은 bench 말고 trial로, 라벨은 team=perf', '네임스페이스 trial 만들어줘, 라벨은 team=perf'],
])('another name: %s', async (text, expected) => expect(await meant(text)).toBe(expected));

test.each([
	['suspend sweep. Or rather not, it has to run tonight; suspend count', 'suspend count'],
	['delete configmap tides. Oh no, keep that, delete the ingress gate instead', 'delete the ingress gate instead'],
	['drain pier-1. No, just cordon it', 'just cordon pier-1'],
	['label node pier-1 pool=batch. Correction: pool stays, put role=batch on it', 'put role=batch on node pier-1'],
	['suspend sweep. Scratch that, restart ferry', 'restart ferry'],
])('another order: %s', async (text, expected) => expect(await meant(text)).toBe(expected));

test.each([
	'cordon pier-1, oops, pier-9',
	'scale ferry to 4 and radar to 4. Scratch that, 5 for the crane',
	'create namespace bench, no, trial',
])('%s: it cannot be told what is meant', async text => expect(await meant(text)).toBe('unclear'));

test.each([
	'no more than 5, please',
	'scale ferry to 6. Actually, also restart radar',
	'scale ferry to 6. Actually, how many does radar have?',
	'delete configmap tides. No, leave it in place for now',
	'if ferry has fewer than 3, make it 3',
	'ferry 재시작해줘. radar는 말고',
	'ferry를 3개로 늘려줘. radar를 늘리는 게 아니에요',
])('%s: nothing is corrected', async text => expect(await meant(text)).toBe(text));

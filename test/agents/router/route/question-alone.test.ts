import {expect, test} from 'vitest';
import {questionAlone} from '../../../../src/agents/router/route/question-alone.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'shop/kiosk'),
	thing('StatefulSet', 'shop/pantry'),
	thing('ConfigMap', 'shop/menu', {data: {SOUP: 'leek'}}),
]);

test.each([
	['The kiosk was moved on Monday. Which image does it run?', 'Which image does kiosk run?'],
	['I restarted pantry twice. How many replicas has it now?', 'How many replicas has pantry now?'],
	["Don't change the menu. Who uses the config map menu?", 'Who uses the config map menu?'],
	['kiosk를 내렸다고 들었는데 지금 몇 개야?', 'kiosk의 지금 몇 개야?'],
	['pantry 재시작할까 하는데, 왜 Pending인지 알려줘', 'pantry의 왜 Pending인지 알려줘'],
	['kiosk가 느려서 pantry를 옮길까 하는데, 그 전에 pantry 로그에서 오류만 보여줄래?', 'pantry 로그에서 오류만 보여줄래?'],
	['menu를 쓰는 디플로이먼트가 뭐야? 지우라는 뜻은 아니야', 'menu를 쓰는 디플로이먼트가 뭐야?'],
])('%s', async (request, question) => {
	expect(await questionAlone(request, world)).toBe(question);
});

test.each([
	'Which image does kiosk run?',
	'kiosk does not start. Why is it so?',
	'The kiosk was moved on Monday. Restart it and show its image.',
	'Is anything deployed from a release candidate? With tags.',
	'kiosk 배포가 안 끝나요. 확인해 주세요',
])('whole: %s', async request => {
	expect(await questionAlone(request, world)).toBeUndefined();
});

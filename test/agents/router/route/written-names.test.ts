import {expect, test} from 'vitest';
import {writtenNames} from '../../../../src/agents/router/route/written-names.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'harbour/ferry'),
	thing('Deployment', 'logistics/planner'),
	thing('Ingress', 'logistics/plan'),
	thing('Deployment', 'default/relay'),
]);

test.each([
	['Harbour gets a configmap tides', 'harbour gets a configmap tides'],
	["Harbour's ferry to 4", "harbour's ferry to 4"],
	['create a configmap tides in Logistics', 'create a configmap tides in logistics'],
	['set OWNER to Harbour', 'set OWNER to Harbour'],
	['set OWNER=Harbour on ferry', 'set OWNER=Harbour on ferry'],
	['a Default deny policy', 'a Default deny policy'],
	['로지스틱스에 컨피그맵 tides 만들어줘', 'logistics에 컨피그맵 tides 만들어줘'],
	['로지스틱스 쪽 파드 보여줘', 'logistics 쪽 파드 보여줘'],
	['로지스틱스 팀 파드', '로지스틱스 팀 파드'],
	['플래너라는 디플로이먼트 만들어줘', '플래너라는 디플로이먼트 만들어줘'],
])('%s', async (text, written) => expect(await writtenNames(text, world)).toBe(written));

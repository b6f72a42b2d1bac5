import {expect, test} from 'vitest';
import {unexplainedName} from '../../../../src/agents/router/route/unexplained-name.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([thing('Deployment', 'port/ferry-east'), thing('ConfigMap', 'port/tide-table')]);

test.each([
	['a load balancer ferry-lb in front of ferry-east', 'scale ferry-east', 'ferry-lb'],
	['시크릿 geo-token을 port에 추가해줘', 'name: api', 'geo-token'],
	// What runs it is called like the image, and is planned nowhere.
	['deploy dock-api, image reg.example.org/port/dock-api:1.0.0', 'name: x2\n image: reg.example.org/port/dock-api:1.0.0', 'dock-api'],
	['restrict ferry-east, ferry-gate will do as the name', 'name: ferry-gates', 'ferry-gate'],
	["could you roll out 'barge' as a deployment", 'name: roll', 'barge'],
	['ferry-east has to be reached at ferry.example.org, write an ingress', 'kind: NetworkPolicy', 'ferry.example.org'],
	['annotate ferry-east with host.example.org/name=ferry.example.org', 'host.example.org~1name', undefined],
	['a load balancer ferry-lb in front of ferry-east', 'name: ferry-lb', undefined],
	['give ferry-east a read-only root, sixty-four megs and a scale-down window', 'ferry', undefined],
	['bump ferry-esat', 'name: ferry', undefined],
	['tide-table says so', 'name: ferry', undefined],
])('%s', async (request, planned, name) => {
	expect(await unexplainedName(clauseOf(request), planned, world)).toBe(name);
});

import {expect, test} from 'vitest';
import {spokenLabels} from '../../../../src/agents/router/create/reading/spoken-labels.ts';

test.each([
	["set up namespace 'lab' with squad set to blue", {squad: 'blue'}],
	['create namespace lab, team is blue, env staging', {team: 'blue', env: 'staging'}],
	['make a namespace lab with owner dana', {owner: 'dana'}],
	['팀 라벨 blue 붙여서 lab 네임스페이스 만들어줘', {team: 'blue'}],
	['lab 네임스페이스 만들고 squad 라벨은 blue', {squad: 'blue'}],
	['create a namespace called lab', {}],
	['create namespace lab for team blue', {}],
	['lab 네임스페이스 만들어줘 라벨 team=blue', {}],
])('%s', (text, labels) => {
	expect(spokenLabels({text}, ['lab'])).toEqual(labels);
});

import {expect, test} from 'vitest';
import {ownedKeys} from '../../../../src/agents/router/words/owned-keys.ts';

test.each([
	["mill's TEMPO should be slow, presses' HORN loud", "mill's TEMPO should be slow and presses's HORN should be loud"],
	[
		"Set mill's TEMPO to slow, press's HORN loud and oven's HEAT to high.",
		"Set mill's TEMPO to slow and press's HORN to loud and oven's HEAT to high.",
	],
	["change mill's TEMPO to slow; the oven's HEAT high please", "change mill's TEMPO to slow and change the oven's HEAT to high please"],
	["raise presses' memory limit to 1Gi", "raise presses's memory limit to 1Gi"],
])('what stands once goes for each key that an owner has: %s', (request, said) => {
	expect(ownedKeys(request)).toBe(said);
});

test.each([
	"mill's TEMPO should be slow, oven's HEAT stays",
	"mill's TEMPO should be slow and the oven restarted",
	"set mill's TEMPO to 'slow tides' now",
	"the users' traffic goes to mill",
])('what says no value of its own stays: %s', request => {
	expect(ownedKeys(request)).toBe(request);
});

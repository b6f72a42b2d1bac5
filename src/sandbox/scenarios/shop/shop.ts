import {foundation} from '../foundation.ts';
import {autoscaler} from '../objects.ts';
import {days, hours, minutes, type Scenario} from '../scenario.ts';
import {rules} from './rules.ts';
import {nightlyReport, releases, services, settings, shopNamespace, workloads} from './workloads.ts';

/** A web shop that works: a dozen workloads under traffic, with a past of releases. The stage for demos, training and most tests. */
export const shop: Scenario = {
	history: [
		{agoMs: days(9), objects: foundation()},
		{agoMs: days(9) - minutes(30), objects: [...settings(), ...services(), ...rules()]},
		{agoMs: days(9) - hours(1), objects: [...workloads(), ...releases('1.4.0', '2.3.0', 'first release')]},
		{agoMs: days(4), objects: releases('1.4.1', '2.3.1', 'round prices to cents')},
		{agoMs: hours(26), objects: releases('1.4.2', '2.3.1', 'faster product page')},
		// What runs by the time of day comes after the releases, so that their names are the same at every start.
		{agoMs: hours(25), objects: [nightlyReport()]},
		// The autoscaler looks every fifteen seconds: it comes late, so that the past is short.
		{agoMs: minutes(15), objects: [autoscaler(shopNamespace, 'search', 'search', [3, 8], 70)]},
	],
};

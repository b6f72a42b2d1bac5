import {foundation} from '../foundation.ts';
import {days, type Scenario} from '../scenario.ts';

export const broken: Scenario = {
	summary: 'Everything that goes wrong, once, each under the name of its fault',
	history: [{agoMs: days(1), objects: foundation()}],
};

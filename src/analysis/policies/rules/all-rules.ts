import type {PodRule} from '../pod-rule.ts';
import {baselineRules} from './baseline-rules.ts';
import {practiceRules} from './practice-rules.ts';
import {restrictedRules} from './restricted-rules.ts';

/** Every rule that needs nothing said by a person. Ids are unique. */
export const podRules: readonly PodRule[] = [...baselineRules, ...restrictedRules, ...practiceRules];

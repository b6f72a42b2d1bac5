import {capabilities} from './capabilities.ts';
import {dnsOptions} from './dns-options.ts';
import {hostAliases} from './host-aliases.ts';
import {lifecycle} from './lifecycle.ts';
import type {Nested} from './nested.ts';
import {scalingPolicies} from './scaling-policies.ts';
import {spread} from './spread.ts';
import {tolerations} from './tolerations.ts';

/** Beside what the makers of pods read themselves, container by container. */
export const nestedOfNew: readonly Nested[] = [hostAliases, dnsOptions, ...scalingPolicies];

/** Every list and map that is told in words of its own. */
export const allNested: readonly Nested[] = [tolerations, ...spread, ...lifecycle, ...capabilities, ...nestedOfNew];

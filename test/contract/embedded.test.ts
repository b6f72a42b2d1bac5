import {embeddedServer} from '../cluster/compare/embedded.ts';
import {contract} from './suite.ts';

contract(embeddedServer);

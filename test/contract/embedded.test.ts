import {embeddedServer} from '../servers/embedded-server.ts';
import {contract} from './suite.ts';

contract(embeddedServer);

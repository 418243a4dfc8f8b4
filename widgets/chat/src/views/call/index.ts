import './call.css';

export { CallCard } from './call_card';
export { CallForm } from './call_form';
export { Instead } from './instead';

"""Two witnesses, one judge: what the rules and the learned reader say of a field becomes values with probabilities."""
